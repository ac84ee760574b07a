import { conversation, type Line } from '@/test/support/conversation';
import { ALL, HOST, linkedInNode, outcome, SHARE, WORKS } from './setup';
import { asMember, asWorks, bodyOf, me, published, said } from './talk';

const URL = `https://www.linkedin.com/feed/update/${SHARE}/`;

/** Returns the body of the last request, which makes the post. */
const sent = ({ requests }: ReturnType<typeof conversation>) => requests.at(-1)?.body;

describe('publishing on LinkedIn', () => {
	it('posts as the member, asked for once, and takes the URN from the header', async () => {
		const second = 'urn:li:share:7300000000000000002';
		const talk = asMember(published(), published(encodeURIComponent(second)));
		const node = linkedInNode({ text: 'Fish (& chips) #food' });
		const [first, other] = await outcome(node, [{ json: {} }, { json: {} }]);
		expect(first).toEqual({
			platform: 'linkedIn',
			account: { id: 'abc', name: 'Alice Example' },
			id: SHARE,
			url: URL,
			status: 'published',
			publishedAt: expect.any(String),
			warnings: [],
		});
		expect(other).toMatchObject({ id: second });
		const body = bodyOf('Fish \\(& chips\\) #food');
		const post = { method: 'POST', path: '/rest/posts', body };
		expect(said(talk)).toEqual([{ method: 'GET', path: '/v2/userinfo' }, post, post]);
		for (const { headers } of talk.requests) {
			expect(headers).toMatchObject({
				authorization: 'Bearer at-1',
				'linkedin-version': '202609',
				'x-restli-protocol-version': '2.0.0',
			});
		}
		talk.done();
	});

	it('sends the version that the credential names', async () => {
		const talk = asMember(published());
		await outcome(linkedInNode({ text: 'Hello' }, { credential: { version: ' 202604 ' } }));
		expect(talk.requests[1].headers['linkedin-version']).toBe('202604');
	});

	it.each(['1001', WORKS, 'https://www.linkedin.com/company/1001/'])(
		'posts as the organization %s',
		async (value) => {
			const talk = asWorks(published());
			const target = { __rl: true, mode: 'id', value };
			const [result] = await outcome(linkedInNode({ text: 'Hello', target }, { scope: ALL }));
			expect(result).toMatchObject({ account: { id: '1001', name: 'Crosspost Works' }, id: SHARE });
			expect(said(talk).slice(1)).toEqual([
				{ method: 'GET', path: '/rest/organizations/1001' },
				{ method: 'POST', path: '/rest/posts', body: { ...bodyOf('Hello'), author: WORKS } },
			]);
			talk.done();
		},
	);

	it('finds an organization by the name in its address', async () => {
		const found = { elements: [{ id: 1001, localizedName: 'Crosspost Works' }] };
		const asking: Line = ['GET', '/rest/organizations', 200, found];
		const none: Line = ['GET', '/rest/organizations', 200, { elements: [] }];
		const talk = conversation(HOST, [me, asking, published(), none]);
		const target = { __rl: true, mode: 'id', value: 'https://www.linkedin.com/company/works/' };
		const node = linkedInNode({ text: 'Hello', target }, { scope: ALL });
		const [result, refused] = await outcome(node, [{ json: {} }, { json: {} }]);
		expect(result).toMatchObject({ account: { id: '1001', name: 'Crosspost Works' } });
		expect(refused.error).toMatchObject({ code: 'not_found', rule: 'linkedIn.target.address' });
		expect(said(talk)[1].query).toEqual({ q: 'vanityName', vanityName: 'works' });
		expect(talk.requests[2].body).toMatchObject({ author: WORKS });
		talk.done();
	});

	it.each([
		['from the list', 200, { results: { 1001: { id: 1001, localizedName: 'Works' } } }, 'Works', 0],
		['as its number', 403, { status: 403, message: 'No' }, '1001', 0],
		['as its number, with a warning,', 400, { status: 400, message: 'No' }, '1001', 1],
	])(
		'takes the name %s where only an administrator may read it',
		async (_what, status, body, name, warnings) => {
			const talk = conversation(HOST, [
				me,
				['GET', '/rest/organizations/1001', 403, { status: 403, message: 'No' }],
				['GET', '/rest/organizationsLookup', status, body],
				published(),
			]);
			const target = { __rl: true, mode: 'id', value: '1001' };
			const [result] = await outcome(linkedInNode({ text: 'Hello', target }, { scope: ALL }));
			expect(result).toMatchObject({ id: SHARE, account: { id: '1001', name } });
			expect(result.warnings).toEqual(
				Array(warnings).fill('Reading the name of the organization failed: LinkedIn: No'),
			);
			talk.done();
		},
	);

	it('reshares with a text or without one', async () => {
		const talk = asMember(published());
		const options = { reshare: 'https://www.linkedin.com/feed/update/urn:li:ugcPost:73/' };
		const reshareContext = { parent: 'urn:li:ugcPost:73' };
		await outcome(linkedInNode({ text: 'Read (this)', link: 'https://example.org/a', options }));
		expect(sent(talk)).toEqual(
			bodyOf('Read \\(this\\)\n\nhttps://example.org/a', { reshareContext }),
		);
		talk.done();

		const silent = asMember(published());
		await outcome(linkedInNode({ options }));
		expect(sent(silent)).toEqual(bodyOf('', { reshareContext }));
		silent.done();
	});

	it('asks in a poll, with visibility and reshares as chosen', async () => {
		const talk = asMember(published());
		const options = {
			pollQuestion: 'Tea (hot)?',
			pollOptions: 'Yes\n\n No ',
			pollDuration: 'FOURTEEN_DAYS',
			visibility: 'CONNECTIONS',
			disableReshares: true,
		};
		const node = linkedInNode({ text: 'Vote', link: 'https://example.org/a_b', options });
		await outcome(node);
		const poll = {
			question: 'Tea (hot)?',
			options: [{ text: 'Yes' }, { text: 'No' }],
			settings: { duration: 'FOURTEEN_DAYS' },
		};
		expect(sent(talk)).toEqual(
			bodyOf('Vote\n\nhttps://example.org/a\\_b', {
				visibility: 'CONNECTIONS',
				isReshareDisabledByAuthor: true,
				content: { poll },
			}),
		);
		talk.done();
	});

	it('adds a first comment in plain text, and says if that fails', async () => {
		const path = `/rest/socialActions/${encodeURIComponent(SHARE)}/comments`;
		const talk = asMember(published(), ['POST', path, 201, { id: '74' }], published(), [
			'POST',
			path,
			403,
			{ status: 403, message: 'Not enough permissions', code: 'ACCESS_DENIED' },
		]);
		const node = linkedInNode({ text: 'Hello', options: { firstComment: 'More (here)' } });
		const [first, second] = await outcome(node, [{ json: {} }, { json: {} }]);
		expect(said(talk)[2]).toEqual({
			method: 'POST',
			path,
			body: { actor: 'urn:li:person:abc', object: SHARE, message: { text: 'More (here)' } },
		});
		expect(first).toMatchObject({ status: 'published', warnings: [] });
		expect(second).toMatchObject({
			status: 'published',
			warnings: [expect.stringMatching(/^Adding the first comment failed: .*ACCESS_DENIED/)],
		});
		talk.done();
	});
});
