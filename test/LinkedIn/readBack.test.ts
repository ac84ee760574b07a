import { conversation, type Line } from '@/test/support/conversation';
import { png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { ALL, HOST, linkedInNode, ME, outcome, WORKS } from './setup';
import { asMember, asWorks, named, published } from './talk';

const lost: Line = ['POST', '/rest/posts', 504, '<html>'];
const target = { __rl: true, mode: 'id', value: '1001' };
/** Answers have a Date header. */
const found = (...elements: object[]): Line => {
	const date = new Date(Date.now()).toUTCString();
	return ['GET', '/rest/posts', 200, { elements }, { date }];
};
/** Three looks, and a last one after LinkedIn has had enough time. */
const looks = (...elements: object[]) => Array<Line>(4).fill(found(...elements));

let tests = 0;
let id: string;
// Each test has its own post, so that no test finds the lost post of another one.
beforeEach(() => void (id = `urn:li:share:73000000000000000${10 + tests++}`));

const post = (change: object = {}) => ({
	id,
	author: WORKS,
	commentary: 'Fish \\(& chips\\) {hashtag|\\#|food}',
	createdAt: Date.now() + 1000,
	...change,
});
const node = (more: object = {}) =>
	linkedInNode({ text: 'Fish (& chips) #food', target, ...more }, { scope: ALL });
const nothing = {
	code: 'platform_unavailable',
	message: expect.stringContaining('nothing was published'),
};

describe('an answer that is lost', () => {
	it('stays unknown for a member, whose posts no app may read, and is not sent again', async () => {
		const talk = asMember(lost);
		const mine = linkedInNode({ text: 'Hello' });
		expect(await outcome(mine)).toMatchObject([{ error: { code: 'outcome_unknown' } }]);
		expect(await outcome(mine)).toMatchObject([{ error: { code: 'outcome_unknown' } }]);
		talk.done();
	});

	it('is found among the posts of an organization', async () => {
		const old = post({ id: 'urn:li:share:1', createdAt: 1 });
		const other = post({ id: 'urn:li:share:2', commentary: 'Another' });
		const talk = asWorks(lost, found(other, old), found(other, post(), old), named);
		expect(await outcome(node())).toMatchObject([
			{ id, status: 'already_published', account: { name: 'Crosspost Works' } },
		]);
		expect(talk.requests.at(-2)).toMatchObject({
			query: { q: 'author', author: WORKS, sortBy: 'CREATED', start: '0', count: '20' },
			headers: { 'x-restli-method': 'FINDER' },
		});
		talk.done();
	});

	it('stays unknown where a post of that text seems older than the request', async () => {
		const near = found(post({ createdAt: Date.now() - 30_000 }), post({ createdAt: 1 }));
		const talk = asWorks(lost, ...Array<Line>(3).fill(near));
		expect(await outcome(node())).toMatchObject([{ error: { code: 'outcome_unknown' } }]);
		talk.done();
	});

	it('is not published where none of them is it', async () => {
		const none = looks(post({ createdAt: 1 }));
		const talk = asWorks(lost, ...none, named, published(id));
		const again = node();
		expect(await outcome(again)).toMatchObject([{ error: nothing }]);
		expect(await outcome(again)).toMatchObject([{ status: 'published' }]);
		talk.done();
	});

	it('is not published where the only one like it is that of another item', async () => {
		const first = post();
		const talk = asWorks(published(first.id), named, lost, ...looks(first));
		const items = [{ json: {} }, { json: {} }];
		expect(await outcome(node(), items)).toMatchObject([
			{ id: first.id, status: 'published' },
			{ error: nothing },
		]);
		talk.done();
	});

	it('is looked for on the profile too with the closed scope', async () => {
		const talk = asMember(lost, found(post({ author: ME, commentary: 'Hello' })));
		const mine = linkedInNode({ text: 'Hello' }, { scope: `${ALL},r_member_social` });
		expect(await outcome(mine)).toMatchObject([{ id, status: 'already_published' }]);
		talk.done();
	});

	it('without its header is no answer either', async () => {
		const talk = conversation(HOST, [
			['GET', '/v2/userinfo', 200, { sub: 'abc', name: 'Alice Example' }],
			['POST', '/rest/posts', 201, {}],
		]);
		expect(await outcome(linkedInNode({ text: 'Hello' }))).toMatchObject([
			{ error: { code: 'outcome_unknown' } },
		]);
		talk.done();
	});
});

describe('a lost answer to a post with a picture', () => {
	const image = 'urn:li:image:C1';
	const upload: Line[] = [
		['POST', '/rest/images', 200, { value: { uploadUrl: `${HOST}/dms-uploads/1`, image } }],
		['PUT', '/dms-uploads/1', 201, ''],
		['GET', `/rest/images/${encodeURIComponent(image)}`, 200, { status: 'AVAILABLE' }],
	];
	const media = { medium: [{ source: 'binary', binaryProperty: 'a' }] };
	const run = async (...lines: Line[]) => {
		const talk = asWorks(...upload, lost, ...lines);
		const files = { a: { data: png(4, 3), fileName: 'a.png', mimeType: 'image/png' } };
		const [result] = await outcome(node({ text: 'Fish', media }), [await binaryItem(files)]);
		talk.done();
		return result;
	};
	const showing = (urn: string) => ({ content: { media: { id: urn } } });

	it('finds it by the picture alone, whatever the text and LinkedIn’s clock', async () => {
		const it = post({ commentary: 'Edited', createdAt: Date.now() - 30_000, ...showing(image) });
		const result = await run(found(it), named);
		expect(result).toMatchObject({ id, status: 'already_published' });
	});

	it('does not take one with the same text and another picture for it', async () => {
		const other = post({ commentary: 'Fish', ...showing('urn:li:image:C2') });
		expect((await run(...looks(other))).error).toMatchObject(nothing);
	});

	it('stays unknown beside a post with the same text whose picture is not told', async () => {
		const hidden = looks(post({ commentary: 'Fish' })).slice(1);
		expect((await run(...hidden)).error).toMatchObject({ code: 'outcome_unknown' });
	});
});
