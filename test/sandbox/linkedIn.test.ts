import { STRANGERS_POST } from '../platforms/linkedIn';
import {
	actAs,
	call,
	HEADERS,
	idOf,
	image,
	ME,
	post,
	sandbox,
	start,
	WORKS,
} from './linkedInSetup';
import { ask, png } from './plainHttp';

const enc = encodeURIComponent;
const code = ({ body }: { body: unknown }) => (body as { code: string }).code;

describe('versions', () => {
	it('must be named and alive', async () => {
		const { accessToken } = sandbox.issueToken();
		const bare = async (headers: Record<string, string>) =>
			await ask(`${sandbox.url}/rest/posts`, { token: accessToken, json: {}, headers });
		const protocol = { 'x-restli-protocol-version': '2.0.0' };
		expect(await bare(protocol)).toMatchObject({ status: 400, body: { code: 'VERSION_MISSING' } });
		expect(await bare({ ...protocol, 'linkedin-version': '202511' })).toMatchObject({
			status: 426,
			body: { status: 426, code: 'NONEXISTENT_VERSION' },
		});
		expect(code(await bare({ 'linkedin-version': '202609' }))).toBe('ILLEGAL_ARGUMENT');
		expect(code(await bare({ ...HEADERS }))).toBe('MISSING_FIELD');
	});
});

describe('posts', () => {
	it('are answered by an id in a header and nothing else', async () => {
		const made = await post({ commentary: 'Fish \\(& chips\\) #food' });
		expect(made).toMatchObject({ status: 201, body: '' });
		expect(idOf(made)).toMatch(/^urn:li:share:\d+$/);
		expect(sandbox.state.posts).toMatchObject([
			{ id: idOf(made), author: ME, text: 'Fish (& chips) #food', cut: '', visibility: 'PUBLIC' },
		]);
		await start({ encodedIds: true });
		expect(idOf(await post())).toMatch(/^urn%3Ali%3Ashare%3A\d+$/);
	});

	it('end without a word at the first reserved character that stands for nothing', async () => {
		await post({ commentary: 'Now (really) good' });
		await post({ commentary: 'By @[Crosspost Works](urn:li:organization:1001) and @nobody' });
		await post({ commentary: 'Snake_case #go' });
		expect(sandbox.state.posts).toMatchObject([
			{ text: 'Now ', cut: '(really) good' },
			{
				text: 'By Crosspost Works and ',
				cut: '@nobody',
				mentions: [{ name: 'Crosspost Works', urn: WORKS }],
			},
			{ text: 'Snake', cut: '_case #go' },
		]);
	});

	it.each([
		[{ lifecycleState: 'DRAFT' }, 'INVALID_VALUE_FOR_FIELD'],
		[{ visibility: undefined }, 'MISSING_FIELD'],
		[{ visibility: 'FRIENDS' }, 'INVALID_VALUE_FOR_FIELD'],
		[{ commentary: '' }, 'INVALID_VALUE_BLANK_FIELD'],
		[{ author: 'urn:li:page:1' }, 'INVALID_URN_TYPE'],
		[{ author: 'urn:li:organization:acme' }, 'INVALID_URN_ID'],
		[{ author: 'urn:li:organization:1003' }, 'ACCESS_DENIED'],
		[{ author: 'urn:li:person:somebody' }, 'ACCESS_DENIED'],
		[{ author: WORKS, visibility: 'CONNECTIONS' }, 'INVALID_VALUE_FOR_FIELD'],
		[{ text: 'Hello' }, 'UNPERMITTED_FIELD'],
		[{ content: { media: { id: 'urn:li:image:none' } } }, 'INVALID_IMAGE_ID'],
		[{ content: { media: { id: 'urn:li:video:none' } } }, 'INVALID_VIDEO_ID'],
		[{ content: { media: { id: 'urn:li:document:none' } } }, 'MISSING_FIELD'],
		[{ content: { article: { source: 'https://example.com' } } }, 'MISSING_FIELD'],
		[
			{ content: { multiImage: { images: [{ id: 'urn:li:image:1' }] } } },
			'INVALID_VALUE_FOR_FIELD',
		],
		[{ reshareContext: { parent: 'urn:li:activity:1' } }, 'INVALID_URN_TYPE'],
		[{ reshareContext: { parent: 'urn:li:share:1' } }, 'INVALID_URN_ID'],
	])('are refused with %j: %s', async (change, expected) => {
		const refused = await post(change);
		expect(refused.body).toMatchObject({ status: refused.status, code: expected });
		expect(sandbox.state.posts).toEqual([]);
	});

	it('have at most 3000 characters, as people see them', async () => {
		expect((await post({ commentary: '\\_'.repeat(3000) })).status).toBe(201);
		expect(code(await post({ commentary: 'a'.repeat(3001) }))).toBe('FIELD_LENGTH_TOO_LONG');
	});

	it('hold polls to their rules', async () => {
		const poll = (change: object = {}) => ({
			content: {
				poll: {
					question: 'Tea?',
					options: [{ text: 'Yes' }, { text: 'No' }],
					settings: { duration: 'THREE_DAYS' },
					...change,
				},
			},
		});
		expect(idOf(await post(poll()))).toMatch(/^urn:li:ugcPost:/);
		const wrong: Array<[object, string]> = [
			[{ question: 'a'.repeat(141) }, 'FIELD_LENGTH_TOO_LONG'],
			[{ options: [{ text: 'Yes' }] }, 'INVALID_VALUE_FOR_FIELD'],
			[{ options: [{ text: 'a'.repeat(31) }, { text: 'No' }] }, 'FIELD_LENGTH_TOO_LONG'],
			[{ settings: { duration: 'ONE_WEEK' } }, 'INVALID_VALUE_FOR_FIELD'],
			[
				{ settings: { duration: 'ONE_DAY', isVoterVisibleToAuthor: false } },
				'INVALID_VALUE_FOR_FIELD',
			],
		];
		for (const [change, expected] of wrong) expect(code(await post(poll(change)))).toBe(expected);
	});

	it('are not taken twice within ten minutes', async () => {
		const first = idOf(await post());
		expect(await post()).toMatchObject({
			status: 422,
			body: { message: expect.stringMatching(`Content is a duplicate of ${first}$`) },
		});
		expect((await post({ author: WORKS })).status).toBe(201);
		sandbox.clock.advance(11 * 60_000);
		expect((await post()).status).toBe(201);
	});

	it('reshare others, and carry images with their alt texts', async () => {
		const parent = sandbox.state.addPost({ account: 'second', text: 'Read this' }).id;
		expect((await post({ commentary: '', reshareContext: { parent } })).status).toBe(201);
		const strange = { commentary: 'Theirs', reshareContext: { parent: STRANGERS_POST } };
		expect((await post(strange)).status).toBe(201);
		const images = [
			{ id: await image(png(40, 30)), altText: 'One' },
			{ id: await image(png(30, 40)), altText: 'Two' },
		];
		expect((await post({ content: { multiImage: { images } } })).status).toBe(201);
		expect(sandbox.state.posts.slice(1)).toMatchObject([
			{ quoteOf: parent },
			{ quoteOf: STRANGERS_POST },
			{
				media: [
					{ type: 'image/png', alt: 'One', width: 40 },
					{ alt: 'Two', width: 30 },
				],
			},
		]);
	});
});

describe('what stands there', () => {
	it('is read for organizations alone, with hashtags as templates', async () => {
		const id = idOf(await post({ author: WORKS, commentary: 'Fish \\(& chips\\) #food' }));
		expect(await call(`/rest/posts/${enc(id)}`)).toMatchObject({
			status: 200,
			body: { id, author: WORKS, commentary: 'Fish \\(& chips\\) {hashtag|\\#|food}' },
		});
		expect(code(await call(`/rest/posts/${id}`))).toBe('ILLEGAL_ARGUMENT');
		const own = idOf(await post());
		expect(await call(`/rest/posts/${enc(own)}`)).toMatchObject({ status: 403 });
		expect((await call(`/rest/posts?q=author&author=${enc(ME)}`)).status).toBe(403);
	});

	it('is listed in pages', async () => {
		for (const commentary of ['a', 'b', 'c']) await post({ author: WORKS, commentary });
		const page = async (more: string) =>
			await call(`/rest/posts?q=author&author=${enc(WORKS)}&sortBy=CREATED${more}`);
		expect(await page('&count=2')).toMatchObject({
			body: {
				elements: [{ commentary: 'c' }, { commentary: 'b' }],
				paging: { start: 0, count: 2, links: [{ rel: 'next' }] },
			},
		});
		expect(await page('&count=2&start=2')).toMatchObject({
			body: { elements: [{ commentary: 'a' }], paging: { links: [] } },
		});
		expect((await page('&count=101')).status).toBe(400);
		expect(code(await call(`/rest/posts?q=author&author=${WORKS}`))).toBe('ILLEGAL_ARGUMENT');
	});

	it('is changed in part and deleted, more than once', async () => {
		const path = `/rest/posts/${enc(idOf(await post()))}`;
		const edit = async (headers: Record<string, string>, $set: object) =>
			(await call(path, { json: { patch: { $set } }, headers })).status;
		const partly = { 'x-restli-method': 'PARTIAL_UPDATE' };
		expect(await edit({}, { commentary: 'Changed' })).toBe(400);
		expect(await edit(partly, { visibility: 'CONNECTIONS' })).toBe(400);
		expect(await edit(partly, { commentary: 'Changed' })).toBe(204);
		expect(sandbox.state.posts).toMatchObject([{ text: 'Changed' }]);
		expect((await call(path, { method: 'DELETE' })).status).toBe(204);
		expect((await call(path, { method: 'DELETE' })).status).toBe(204);
		expect(sandbox.state).toMatchObject({ posts: [], deleted: [{ text: 'Changed' }] });
	});

	it('is commented on with a scope of its own', async () => {
		const object = idOf(await post());
		const say = async (at: string, more: object = {}) =>
			await call(
				`/rest/socialActions/${enc(at).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29'))}/comments`,
				{
					json: { actor: ME, object, message: { text: 'First (really)' }, ...more },
				},
			);
		const first = await say(object);
		expect(first.status).toBe(201);
		const [{ urn }] = sandbox.state.comments;
		expect(first.body).toMatchObject({ commentUrn: urn });
		const about = urn.replace(/^.*\((.*),.*$/, '$1');
		const reply = { object: about, actor: WORKS, parentComment: urn };
		expect((await say(urn, reply)).status).toBe(201);
		expect(sandbox.state.comments).toMatchObject([
			{ actor: ME, text: 'First (really)' },
			{ actor: WORKS, parent: urn },
		]);
		actAs(sandbox.issueToken({ kind: 'member' }).accessToken);
		expect(code(await say(object))).toBe('ACCESS_DENIED');
	});
});

describe('people and organizations', () => {
	it('lists roles in pages, and names for everybody', async () => {
		const first = await call('/rest/organizationAcls?q=roleAssignee&state=APPROVED&count=2');
		expect(first.body).toMatchObject({
			elements: [{ role: 'ADMINISTRATOR', organization: WORKS }, { role: 'CONTENT_ADMINISTRATOR' }],
			paging: { links: [{ rel: 'next' }] },
		});
		expect(await call('/rest/organizationsLookup?ids=List(1001,1002,9)')).toMatchObject({
			body: { results: { 1001: { localizedName: 'Crosspost Works' }, 1002: {} } },
		});
		expect(await call('/rest/organizations?q=vanityName&vanityName=strangers')).toMatchObject({
			body: { elements: [{ id: 1004 }] },
		});
		expect(await call('/rest/organizations/1001')).toMatchObject({
			body: { id: 1001, localizedName: 'Crosspost Works' },
		});
		expect((await call('/rest/organizations/1002')).status).toBe(403);
		expect((await call('/rest/organizations/9')).status).toBe(404);
		actAs(sandbox.issueToken({ kind: 'member' }).accessToken);
		expect((await call('/rest/organizationAcls?q=roleAssignee')).status).toBe(403);
		expect((await post({ author: WORKS })).status).toBe(403);
		expect((await call('/v2/me')).status).toBe(403);
	});

	it('refuses several at once to an app of the Development tier', async () => {
		await start({ batches: false });
		expect((await call('/rest/organizationsLookup?ids=List(1001)')).status).toBe(403);
		expect((await call('/rest/organizations/1001')).status).toBe(200);
	});

	it('counts the calls of a day', async () => {
		await start({ dailyCalls: 2 });
		const me = async () => await call('/v2/userinfo');
		expect([(await me()).status, (await me()).status]).toEqual([200, 200]);
		expect(await me()).toMatchObject({
			status: 429,
			body: { message: expect.stringContaining('MEMBER DAY limit') },
		});
		sandbox.clock.advance(24 * 3_600_000);
		expect((await me()).status).toBe(200);
	});
});
