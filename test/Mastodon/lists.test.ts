import { Mastodon } from '../../nodes/Mastodon/Mastodon.node';
import { conversation } from '../support/conversation';
import { HOST, WHOAMI, mastodonNode, outcome, short, status } from './setup';

const asked = ({ requests }: ReturnType<typeof conversation>) =>
	requests.map(({ method, path, query, body }) => ({ method, path, query, body }));

describe('lists', () => {
	const next = (path: string, id: string) => ({
		link: `<${HOST}${path}?limit=40&max_id=${id}>; rel="next", <${HOST}${path}?min_id=99>; rel="prev"`,
	});

	it('pages through the account’s posts by the Link header', async () => {
		const path = '/api/v1/accounts/1/statuses';
		const talk = conversation(HOST, [
			WHOAMI,
			['GET', path, 200, [status('14'), status('13')], next(path, '12%2B')],
			['GET', path, 200, [status('12')]],
		]);
		const found = await outcome(
			mastodonNode({ operation: 'getAll', returnAll: true, simplify: true }),
		);
		expect(found).toEqual(['14', '13', '12'].map((id) => short(id)));
		expect(asked(talk).slice(1)).toEqual(
			[{}, { max_id: '12+' }].map((cursor) => ({
				method: 'GET',
				path,
				query: { limit: '40', exclude_reblogs: 'true', ...cursor },
				body: '',
			})),
		);
		talk.done();
	});

	it('lists boosts and leaves out replies where asked to, up to the limit', async () => {
		const path = '/api/v1/accounts/1/statuses';
		const talk = conversation(HOST, [
			WHOAMI,
			['GET', path, 200, [status('14'), status('13')], next(path, '13')],
		]);
		const parameters = {
			operation: 'getAll',
			returnAll: false,
			limit: 2,
			boosts: true,
			replies: false,
		};
		expect(await outcome(mastodonNode(parameters))).toHaveLength(2);
		expect(talk.requests[1].query).toEqual({ limit: '2', exclude_replies: 'true' });
		talk.done();
	});

	it('fills the list of posts in the editor', async () => {
		const path = '/api/v1/accounts/1/statuses';
		const talk = conversation(HOST, [
			WHOAMI,
			[
				'GET',
				path,
				200,
				[status('14', { content: '<p>Old</p>' }), status('13', { content: '<p>New</p>' })],
				next(path, '13'),
			],
		]);
		const node = mastodonNode({ operation: 'get' });
		const search = new Mastodon().methods.listSearch.searchPosts;
		expect(await search.call(node.loadOptions() as never, 'ne')).toEqual({
			results: [{ name: 'New', value: '13', url: `${HOST}/@alice/13` }],
			paginationToken: '13',
		});
		talk.done();
	});

	it('lists and cancels scheduled posts', async () => {
		const path = '/api/v1/scheduled_statuses';
		const one = (id: string) => ({
			id,
			scheduled_at: '2096-01-01T10:00:00.000Z',
			params: { text: `Text ${id}`, visibility: 'public' },
		});
		const talk = conversation(HOST, [
			['GET', path, 200, [one('3'), one('2')], next(path, '2')],
			['GET', path, 200, [one('1')]],
			['DELETE', `${path}/3`, 200, {}],
		]);
		const scheduled = { resource: 'scheduledPost', simplify: true };
		expect(
			await outcome(mastodonNode({ ...scheduled, operation: 'getAll', returnAll: true })),
		).toEqual(
			['3', '2', '1'].map((id) => ({
				id,
				text: `Text ${id}`,
				scheduledAt: '2096-01-01T10:00:00.000Z',
				visibility: 'public',
			})),
		);
		const cancel = { ...scheduled, operation: 'delete', scheduledId: ' 3 ' };
		expect(await outcome(mastodonNode(cancel))).toEqual([{ id: '3', deleted: true }]);
		talk.done();
	});
});
