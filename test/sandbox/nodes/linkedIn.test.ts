import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { LinkedIn } from '@/nodes/LinkedIn/LinkedIn.node';
import { outcome } from '@/test/LinkedIn/setup';
import type { Organization } from '../linkedIn/model';
import { sha256 } from '../plainHttp';
import { files, node, ready, sandbox, target, useLinkedIn, WORKS, wordOf } from './linkedInSetup';

const operations = () => sandbox.requests.map(({ operation }) => operation);
const run = async (operation: string, parameters: IDataObject, more = {}) =>
	await outcome(node({ operation, ...parameters }, more));
const located = (value: string) => ({ post: { __rl: true, mode: 'id', value } });

describe('uploads', () => {
	useLinkedIn({ quotedEtags: true, encodedIds: true });

	it('sends a film in parts, asks after it, and keeps every byte', async () => {
		const { once, made } = await ready('video', {}, { kind: 'member' });
		expect(await once()).toMatchObject({ status: 'published', id: made()[0].id });
		expect(made()[0].id).toMatch(/^urn:li:ugcPost:\d+$/);
		const steps = ['me', 'initialize', 'part', 'part', 'part', 'initialize'];
		expect(operations().slice(0, 6)).toEqual(steps);
		expect(operations().slice(6)).toEqual(['status', 'status', 'status', 'publish']);
		expect(made()[0].media).toMatchObject([{ sha256: sha256(files.film.data) }]);
	});

	it('does not ask after images with the scopes of a member', async () => {
		const { once, made } = await ready('images', {}, { kind: 'member' });
		await once();
		const one = ['initialize', 'upload'];
		expect(operations()).toEqual(['me', ...one, ...one, 'publish']);
		expect(made()[0].media).toMatchObject(
			[files.a, files.b].map(({ data }) => ({ sha256: sha256(data) })),
		);
	});

	it('hands a film that takes too long to Resume', async () => {
		const { once, made } = await ready('video', { ...target(WORKS), options: {} });
		sandbox.faults.next('initialize', { kind: 'none' }, { kind: 'slow-processing', polls: 60 });
		const waiting = await once();
		expect(waiting).toMatchObject({ status: 'processing', account: { name: 'Crosspost Works' } });
		expect(made()).toEqual([]);
		sandbox.clock.advance(600_000);
		const [done] = await run('resume', { resume: waiting.resume });
		expect(done).toMatchObject({ status: 'published', account: { name: 'Crosspost Works' } });
		expect(made()).toMatchObject([{ id: done.id, author: WORKS }]);
		expect(sandbox.state.media).toHaveLength(1);
	});
});

describe('a member whose videos cannot be asked after', () => {
	useLinkedIn({ memberVideoStatus: false, processing: 40_000 });

	it('posts when LinkedIn is ready', async () => {
		const { once, made } = await ready('video', {}, { kind: 'member' });
		expect(await once()).toMatchObject({ status: 'published' });
		expect(operations().filter((one) => one === 'publish').length).toBeGreaterThan(1);
		expect(made()).toHaveLength(1);
	});

	it('need not upload a film again that takes longer than they wait', async () => {
		const { once, made } = await ready('video', {}, { kind: 'member' });
		sandbox.faults.next('initialize', { kind: 'none' }, { kind: 'slow-processing', polls: 60 });
		const waiting = await once();
		expect(waiting).toMatchObject({ status: 'processing' });
		expect(made()).toEqual([]);
		sandbox.clock.advance(600_000);
		const again = await run('resume', { resume: waiting.resume }, { kind: 'member' });
		expect(again).toMatchObject([{ status: 'published' }]);
		expect(made()).toHaveLength(1);
		expect(sandbox.state.media).toHaveLength(1);
	});
});

describe('what LinkedIn refuses', () => {
	useLinkedIn();

	it('a version that is retired, naming the field', async () => {
		const { node: tried, once } = await ready('image');
		Object.assign(tried.stored.crosspostLinkedInOAuth2Api, { version: '202511' });
		expect((await once()).error).toMatchObject({
			code: 'platform_rejected',
			httpStatus: 426,
			rule: 'linkedIn.version',
			message: 'LinkedIn: Requested version 202511 is not active (NONEXISTENT_VERSION)',
			remediation: expect.stringContaining('LinkedIn Version'),
		});
	});

	it('the same text again, with the URN of the first post', async () => {
		const [first] = await run('publish', { text: 'Once (only)' });
		const [second] = await run('publish', { text: 'Once (only)' });
		expect(second.error).toMatchObject({ code: 'duplicate', existingId: first.id });
		expect(sandbox.state.posts).toHaveLength(1);
	});

	it('an organization without the role or the scope', async () => {
		const [analyst] = await run('publish', { text: 'Hello', ...target('1003') });
		expect(analyst.error).toMatchObject({ code: 'permission_missing' });
		const [member] = await run('publish', { text: 'Hello', ...target('1001') }, { kind: 'member' });
		expect(member.error).toMatchObject({
			code: 'permission_missing',
			remediation: expect.stringContaining('scopes'),
		});
	});
});

describe('posts of an organization', () => {
	useLinkedIn();

	it('are listed, read, changed, commented on and deleted', async () => {
		for (const text of ['One (1)', 'Two #two', 'Three']) {
			expect(wordOf((await run('publish', { text, ...target(WORKS) }))[0])).toBe('published');
		}
		const listed = await run('getAll', { ...target('1001'), limit: 2 });
		expect(listed.map(({ text }) => text)).toEqual(['Three', 'Two #two']);
		const { id } = listed[1];
		expect(await run('get', located(String(id)))).toEqual([listed[1]]);
		await run('edit', { ...located(String(id)), text: 'Two (more) #two_2' });
		expect(await run('get', located(`${sandbox.url}/feed/update/${String(id)}/`))).toMatchObject([
			{ text: 'Two (more) #two_2', author: WORKS },
		]);
		const comment = { resource: 'comment', ...located(String(id)), ...target(WORKS) };
		const [made] = await run('create', { ...comment, text: 'Well (done)' });
		await run('create', { ...comment, ...located(String(made.commentUrn)), text: 'Thanks' });
		expect(sandbox.state.comments).toMatchObject([
			{ text: 'Well (done)', actor: WORKS },
			{ text: 'Thanks', parent: made.commentUrn },
		]);
		expect(await run('delete', located(String(id)))).toEqual([{ id, deleted: true }]);
		expect(await run('delete', located(String(id)))).toEqual([{ id, deleted: true }]);
		expect(sandbox.state.posts.map(({ text }) => text)).toEqual(['One (1)', 'Three']);
	});

	it('have a first comment, or a warning without the scope for it', async () => {
		const parameters = { text: 'Hello', options: { firstComment: 'More (here)' } };
		expect(await run('publish', parameters)).toMatchObject([{ warnings: [] }]);
		expect(sandbox.state.comments).toMatchObject([{ text: 'More (here)' }]);
		const other = { ...parameters, text: 'Again' };
		expect(await run('publish', other, { kind: 'member' })).toMatchObject([
			{
				status: 'published',
				warnings: [expect.stringMatching(/^Adding the first comment failed/)],
			},
		]);
	});
});

describe('many organizations', () => {
	const organizations = Array.from({ length: 120 }, (_, index): Organization => {
		const role = index % 2 === 0 ? 'ADMINISTRATOR' : 'ANALYST';
		const id = String(2000 + index);
		return { id, name: `Works ${index}`, vanityName: `works-${index}`, roles: { demo: role } };
	});
	useLinkedIn({ organizations });

	it('are listed to the end, those alone that may be posted for', async () => {
		const found = await run('getAll', { resource: 'organization', returnAll: true });
		expect(found).toHaveLength(60);
		expect(found[59]).toMatchObject({ id: '2118', name: 'Works 118', vanityName: 'works-118' });
	});

	it('fill the list of authors page by page, and are found by their address', async () => {
		const { searchTargets } = new LinkedIn().methods.listSearch;
		const form = node({}).loadOptions() as unknown as ILoadOptionsFunctions;
		const all: string[] = [];
		let cursor: string | undefined;
		do {
			const { results, paginationToken } = await searchTargets.call(form, '', cursor);
			all.push(...results.map(({ value }) => String(value)));
			cursor = paginationToken as string | undefined;
		} while (cursor);
		expect(new Set(all).size).toBe(60);
		const last = { results: [{ value: '2118' }] };
		expect(await searchTargets.call(form, 'works 118')).toMatchObject(last);
		const address = 'https://www.linkedin.com/company/works-4/';
		expect(await run('publish', { text: 'Hello', ...target(address) })).toMatchObject([
			{ account: { id: '2004', name: 'Works 4' } },
		]);
	});
});

describe('an app of the Development tier', () => {
	useLinkedIn({ batches: false });

	it('lists organizations with the names that it may read, and posts for them', async () => {
		expect(await run('getAll', { resource: 'organization' })).toMatchObject([
			{ id: '1001', name: 'Crosspost Works' },
			{ id: '1002', name: '1002' },
		]);
		expect(await run('publish', { text: 'Hello', ...target('1002') })).toMatchObject([
			{ status: 'published', account: { id: '1002', name: '1002' }, warnings: [] },
		]);
	});
});

describe('the connection', () => {
	useLinkedIn({ refreshTokens: true });

	it('is renewed where LinkedIn gives a refresh token', async () => {
		const tried = node({ text: 'Hello' });
		sandbox.faults.next('publish', { kind: 'expired-token' });
		expect(await outcome(tried)).toMatchObject([{ status: 'published' }]);
		expect(operations()).toEqual(['me', 'publish', 'token', 'publish']);
		expect(sandbox.state.posts).toHaveLength(1);
	});

	it('that the member took back must be made anew', async () => {
		const tried = node({ text: 'Hello' });
		sandbox.faults.next('me', { kind: 'revoked-token' });
		expect(await outcome(tried)).toMatchObject([
			{
				error: {
					code: 'platform_auth_failed',
					message: expect.stringContaining('invalid_request'),
					remediation: expect.stringMatching(/^Reconnect the credential/),
				},
			},
		]);
	});

	it('is told of with its end and scopes', async () => {
		const [facts] = await run('get', { resource: 'account' }, { kind: 'member' });
		expect(facts).toMatchObject({
			account: { name: 'Demo Sandbox' },
			details: { email: 'demo@example.com' },
			token: { renewedByItself: true },
			scopes: { granted: ['openid', 'profile', 'email', 'w_member_social'], missing: [] },
		});
	});
});
