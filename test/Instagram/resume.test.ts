import type { IDataObject } from 'n8n-workflow';

import nock from 'nock';

import { conversation, type Line } from '@/test/support/conversation';
import { jpeg, mp4 } from '@/test/support/mediaFixtures';
import {
	byFacebook,
	FACEBOOK,
	finished,
	fromUrls,
	HOST,
	instagramNode,
	madeIn,
	ME,
	MEDIA,
	outcome,
	post,
	serve,
	shown,
} from './setup';

const busy = (id: string) => ({ id, status_code: 'IN_PROGRESS' });
const now = () => new Date(Date.now()).toISOString().replace(/\.\d+Z$/, '+0000');
const atOnce = { processingWait: 0 };
const secret = '/b.mp4?signature=s3cret';

const resuming = async (resume: unknown, node = instagramNode) =>
	await outcome(node({ operation: 'resume', resume: resume as IDataObject }));

describe('a post that is still processing when the time is over', () => {
	it('is finished by Resume without a second container, its comment included', async () => {
		serve({ [secret]: mp4({ seconds: 10 }) });
		const talk = conversation(HOST, [
			['POST', MEDIA, 200, { id: 'c1' }],
			['GET', '/v26.0/c1', 200, busy('c1')],
			['GET', '/v26.0/c1', 200, busy('c1')],
			...post('1').slice(1),
			['POST', '/v26.0/1/comments', 200, { id: '2' }],
		]);
		const options = { ...atOnce, firstComment: '#one' };
		const node = instagramNode({ text: 'Film', media: fromUrls(secret), options });
		const [waiting] = await outcome(node);
		expect(waiting).toEqual({
			platform: 'instagram',
			account: { id: ME, name: 'alice' },
			id: 'c1',
			status: 'processing',
			publishedAt: expect.any(String),
			warnings: [],
			resume: {
				platform: 'instagram',
				published: [],
				rest: [expect.objectContaining({ text: 'Film', media: [] })],
				options,
				pending: {
					place: ME,
					container: 'c1',
					kind: 'reel',
					caption: 'Film',
					since: expect.any(Number),
					comment: '#one',
				},
			},
		});
		expect(JSON.stringify(waiting)).not.toContain('s3cret');
		expect(await outcome(node)).toEqual([waiting]);
		const [still] = await resuming(waiting.resume);
		expect(still).toMatchObject({ id: 'c1', status: 'processing', resume: waiting.resume });
		expect(await resuming(still.resume)).toMatchObject([
			{ id: '1', url: 'https://www.instagram.com/p/C1/', status: 'published', warnings: [] },
		]);
		expect(madeIn(talk)).toHaveLength(1);
		talk.done();
	});

	it('is finished as a carousel whose items were not ready, with what belongs to it', async () => {
		serve({ '/a.jpg': jpeg(100, 100), [secret]: mp4({ seconds: 10 }) });
		const talk = conversation(FACEBOOK, [
			['POST', MEDIA, 200, { id: 'a' }],
			['POST', MEDIA, 200, { id: 'b' }],
			['GET', '/v26.0/a', 200, finished('a')],
			['GET', '/v26.0/b', 200, busy('b')],
			['GET', MEDIA, 200, { data: [shown('9', { caption: 'Another' })] }],
			['GET', '/v26.0/a', 200, finished('a')],
			['GET', '/v26.0/b', 200, finished('b')],
			...post('1', 'parent'),
		]);
		const options = { ...atOnce, collaborators: 'bob' };
		const media = fromUrls('/a.jpg', secret);
		const [waiting] = await outcome(byFacebook({ text: 'Both', media, options }));
		expect(waiting).toMatchObject({ status: 'processing', account: { id: ME, name: ME } });
		const [done] = await resuming(waiting.resume, byFacebook);
		expect(done).toMatchObject({ id: '1', status: 'published', account: { id: ME } });
		expect(madeIn(talk)[2]).toEqual({
			media_type: 'CAROUSEL',
			children: 'a,b',
			caption: 'Both',
			collaborators: '["bob"]',
		});
		talk.done();
	});

	const pending = (change: object) => ({
		platform: 'instagram',
		published: [],
		rest: [{ text: 'Hello', media: [] }],
		options: {},
		pending: { place: ME, kind: 'image', caption: 'Hello', since: Date.now(), ...change },
	});

	it('is found if it was published meanwhile, a story among the stories', async () => {
		const talk = conversation(HOST, [
			['GET', '/v26.0/c1', 200, { id: 'c1', status_code: 'PUBLISHED' }],
			['GET', MEDIA, 200, { data: [shown('1', { timestamp: now() })] }],
			['GET', '/v26.0/c2', 200, { id: 'c2', status_code: 'PUBLISHED' }],
			[
				'GET',
				`/v26.0/${ME}/stories`,
				200,
				{ data: [shown('2', { caption: undefined, timestamp: now() })] },
			],
		]);
		expect(await resuming(pending({ container: 'c1' }))).toMatchObject([
			{ id: '1', status: 'already_published' },
		]);
		const story = pending({ container: 'c2', kind: 'story', caption: '' });
		expect(await resuming(story)).toMatchObject([{ id: '2', status: 'already_published' }]);
		talk.done();
	});

	it('is refused after a day', async () => {
		conversation(HOST, [['GET', '/v26.0/c1', 200, { id: 'c1', status_code: 'EXPIRED' }]]);
		const [{ error }] = await resuming(pending({ container: 'c1' }));
		expect(error).toMatchObject({
			code: 'platform_rejected',
			rule: 'instagram.container.EXPIRED',
			remediation: 'Publish the post again: what Instagram prepared is kept for a day only.',
		});
	});
});

describe('a carousel that an earlier Resume may have published', () => {
	const items = (...ids: string[]) => ({ data: ids.map((id) => ({ id })) });
	const found = (id: string, change: object = {}) =>
		shown(id, {
			media_type: 'CAROUSEL_ALBUM',
			timestamp: now(),
			children: items('1', '2'),
			...change,
		});
	const waiting = (children: string[], caption = 'Hello') => ({
		platform: 'instagram',
		published: [],
		rest: [{ text: caption, media: [] }],
		options: {},
		pending: { place: ME, kind: 'carousel', children, fields: {}, caption, since: Date.now() },
	});
	const finishing = (children: string[], id: string): Line[] => [
		...children.map((child): Line => ['GET', `/v26.0/${child}`, 200, finished(child)]),
		...post(id),
	];

	it('is known by its words and items', async () => {
		const other = found('51', { children: items('1', '2', '3') });
		const talk = conversation(HOST, [['GET', MEDIA, 200, { data: [other, found('52')] }]]);
		const [result] = await resuming(waiting(['a', 'b']));
		expect(result).toMatchObject({ id: '52', status: 'already_published' });
		talk.done();
	});

	it('is not published while nobody can tell', async () => {
		const lines = Array<Line>(4).fill(['GET', MEDIA, 500, '']);
		const talk = conversation(HOST, lines);
		const [{ error }] = await resuming(waiting(['c', 'd']));
		expect(error).toMatchObject({ code: 'platform_unavailable', httpStatus: 500 });
		talk.done();
	});

	it.each([
		['without words', '', ['61']],
		['of which there are two with the same words', 'Hello', ['62', '63']],
	])('is left to a person if it is one %s', async (_which, caption, ids) => {
		const data = ids.map((id) => found(id, { caption }));
		const talk = conversation(HOST, [['GET', MEDIA, 200, { data }]]);
		const [{ error }] = await resuming(waiting(['e', 'f'], caption));
		expect(error).toMatchObject({
			code: 'outcome_unknown',
			rule: 'instagram.resume.unclear',
			retryable: false,
		});
		for (const id of ids) {
			expect(JSON.stringify(error)).toContain(`https://www.instagram.com/p/C${id}/`);
		}
		talk.done();
	});

	it.each(['Twins', ''])('is not taken for another one with the text "%s"', async (caption) => {
		const first = waiting([`g${caption}`, 'h'], caption);
		const second = waiting([`i${caption}`, 'j'], caption);
		const [one, two] = [`71${caption.length}`, `72${caption.length}`];
		const [ofOne, ofTwo] = [found(one, { caption }), found(two, { caption })];
		const talk = conversation(HOST, [
			['GET', MEDIA, 200, { data: [] }],
			...finishing(first.pending.children, one),
			['GET', MEDIA, 200, { data: [ofOne] }],
			...finishing(second.pending.children, two),
			['GET', MEDIA, 200, { data: [ofTwo, ofOne] }],
		]);
		const node = instagramNode({ operation: 'resume', resume: '={{ $json.resume }}' });
		const both = [first, second].map((resume) => ({ json: { resume } }));
		expect(await outcome(node, both)).toMatchObject([
			{ id: one, status: 'published' },
			{ id: two, status: 'published' },
		]);
		expect(await resuming(first)).toMatchObject([{ id: one, status: 'already_published' }]);
		talk.done();
	});

	it('is not an older one, however long it had to wait', async () => {
		serve({ '/a.jpg': jpeg(100, 100), '/b.jpg': jpeg(100, 100) });
		// Older than a corrected clock can explain.
		const before = new Date(Date.now() - 20 * 60_000).toISOString();
		const talk = conversation(HOST, [
			['POST', MEDIA, 200, { id: 'k' }],
			['POST', MEDIA, 200, { id: 'l' }],
			...Array<Line>(30).fill(['GET', '/v26.0/k', 200, busy('k')]),
		]);
		const node = instagramNode({ text: 'Hello', media: fromUrls('/a.jpg', '/b.jpg') });
		const [{ status, resume }] = await outcome(node);
		expect(status).toBe('processing');
		nock.cleanAll();
		const date = { date: new Date(Date.now()).toUTCString() };
		const later = conversation(HOST, [
			['GET', MEDIA, 200, { data: [found('81', { timestamp: before })] }, date],
			...finishing(['k', 'l'], '82'),
		]);
		expect(await resuming(resume)).toMatchObject([{ id: '82', status: 'published' }]);
		expect(talk.requests.length).toBeGreaterThan(3);
		later.done();
	});
});
