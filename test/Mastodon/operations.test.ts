import { conversation } from '../support/conversation';
import { HOST, ME, WHOAMI, mastodonNode, outcome, short, status } from './setup';

describe('Post: Get', () => {
	const full = status('11', {
		content: '<p>One &amp; two<br />three</p><p>&#8364; &#x41; &nope;</p>',
		spoiler_text: 'News',
		language: 'de',
		in_reply_to_id: '7',
		replies_count: 1,
		reblogs_count: 2,
		favourites_count: 3,
		poll: { id: '4' },
	});

	it('gives the short form of a post, or all of it', async () => {
		const talk = conversation(HOST, [
			['GET', '/api/v1/statuses/11', 200, full],
			['GET', '/api/v1/statuses/11', 200, full],
		]);
		const get = (simplify: boolean) =>
			outcome(
				mastodonNode({
					operation: 'get',
					post: { __rl: true, mode: 'url', value: `${HOST}/@alice/11` },
					simplify,
				}),
			);
		expect(await get(true)).toEqual([
			short('11', {
				text: 'One & two\nthree\n\n€ A &nope;',
				contentWarning: 'News',
				language: 'de',
				replyTo: '7',
				poll: { id: '4' },
				replies: 1,
				boosts: 2,
				favourites: 3,
			}),
		]);
		expect(await get(false)).toEqual([full]);
		talk.done();
	});

	it.each([
		[`${HOST}/@bob@other.example/12`, '12'],
		[`${HOST}/users/bob/statuses/13`, '13'],
		[`${HOST}/ap/users/9/statuses/14`, '14'],
		[`${HOST}/@bob/statuses/01JAB`, '01JAB'],
		[`${HOST}/deck/@bob/15`, '15'],
		['69e0c1f2', '69e0c1f2'],
	])('reads the ID of %s', async (value, id) => {
		const talk = conversation(HOST, [['GET', `/api/v1/statuses/${id}`, 200, status(id)]]);
		await outcome(mastodonNode({ operation: 'get', post: { __rl: true, mode: 'id', value } }));
		talk.done();
	});
});

describe('Post: Edit', () => {
	it('sends again what stays', async () => {
		const talk = conversation(HOST, [
			[
				'GET',
				'/api/v1/statuses/11',
				200,
				status('11', {
					sensitive: true,
					language: 'de',
					media_attachments: [{ id: 'a1' }, { id: 'a2' }],
					poll: {
						expires_at: new Date(Date.now() + 600_000).toISOString(),
						multiple: true,
						options: [
							{ title: 'yes', votes_count: null },
							{ title: 'no', votes_count: null },
						],
					},
				}),
			],
			['GET', '/api/v1/statuses/11/source', 200, { text: 'Old', spoiler_text: 'News' }],
			['PUT', '/api/v1/statuses/11', 200, status('11', { content: '<p>New</p>' })],
		]);
		const parameters = {
			operation: 'edit',
			post: { __rl: true, mode: 'id', value: '11' },
			text: 'New',
			simplify: true,
		};
		expect(await outcome(mastodonNode(parameters))).toEqual([short('11', { text: 'New' })]);
		expect(talk.requests[2].body).toEqual({
			status: 'New',
			spoiler_text: 'News',
			sensitive: true,
			language: 'de',
			media_ids: ['a1', 'a2'],
			poll: {
				options: ['yes', 'no'],
				expires_in: expect.any(Number),
				multiple: true,
				hide_totals: true,
			},
		});
		const { poll } = talk.requests[2].body as { poll: { expires_in: number } };
		expect(Math.abs(poll.expires_in - 600)).toBeLessThan(10);
	});

	it('changes what is named, and leaves the text where none is given', async () => {
		const talk = conversation(HOST, [
			['GET', '/api/v1/statuses/11', 200, status('11')],
			['GET', '/api/v1/statuses/11/source', 200, { text: 'Old', spoiler_text: 'News' }],
			['PUT', '/api/v1/statuses/11', 200, status('11')],
		]);
		const changes = { contentWarning: '', language: 'fr', sensitive: true };
		await outcome(
			mastodonNode({
				operation: 'edit',
				post: { __rl: true, mode: 'id', value: '11' },
				text: '',
				changes,
			}),
		);
		expect(talk.requests[2].body).toEqual({
			status: 'Old',
			spoiler_text: '',
			sensitive: true,
			language: 'fr',
			media_ids: [],
		});
	});

	it('does not throw away a poll that is over', async () => {
		const poll = { expires_at: '2020-01-01T00:00:00Z', options: [] };
		conversation(HOST, [
			['GET', '/api/v1/statuses/11', 200, status('11', { poll })],
			['GET', '/api/v1/statuses/11/source', 200, { text: 'Old' }],
		]);
		const node = mastodonNode(
			{ operation: 'edit', post: { __rl: true, mode: 'id', value: '11' }, text: 'New' },
			{ continueOnFail: true },
		);
		expect(await outcome(node)).toMatchObject([
			{ error: { code: 'validation_failed', rule: 'mastodon.edit.poll' } },
		]);
	});
});

describe('Post: Boost, Undo Boost and Delete', () => {
	it('does each with one request', async () => {
		const original = status('11', { content: '<p>Hi</p>' });
		const boost = status('20', { content: '<p>Hi</p>', reblog: original });
		const talk = conversation(HOST, [
			['POST', '/api/v1/statuses/11/reblog', 200, boost],
			['POST', '/api/v1/statuses/11/unreblog', 200, original],
			['DELETE', '/api/v1/statuses/11', 200, { ...original, text: 'Hi' }],
		]);
		const perform = (operation: string) =>
			outcome(
				mastodonNode({ operation, post: { __rl: true, mode: 'id', value: '11' }, simplify: true }),
			);
		expect(await perform('boost')).toEqual([short('20', { text: 'Hi', boostOf: '11' })]);
		expect(await perform('unboost')).toEqual([short('11', { text: 'Hi' })]);
		expect(await perform('delete')).toEqual([{ id: '11', deleted: true }]);
		expect(talk.requests[2].query).toEqual({ delete_media: 'true' });
		talk.done();
	});
});

describe('Account: Get', () => {
	it('names the account, its defaults and its scopes, and no secret', async () => {
		const source = { privacy: 'unlisted', language: 'de', sensitive: false };
		const talk = conversation(HOST, [['GET', WHOAMI[1], 200, { ...ME, source }]]);
		const node = mastodonNode({ resource: 'account', operation: 'get' });
		expect(await outcome(node)).toEqual([
			{
				platform: 'mastodon',
				account: { id: '1', name: 'alice@social.example' },
				url: `${HOST}/@alice`,
				credential: 'My crosspostMastodonOAuth2Api',
				token: { expiresAt: null, renewedByItself: false },
				scopes: {
					granted: ['read:accounts', 'write:statuses'],
					missing: ['read:statuses', 'write:media'],
				},
				details: {
					displayName: 'Alice',
					defaults: { visibility: 'unlisted', language: 'de', sensitive: false },
				},
				warnings: [],
			},
		]);
		talk.done();
	});
});
