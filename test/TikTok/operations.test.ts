import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { CREATOR, creator, good, HOST, outcome, refusal, STATUS, tikTokNode } from './setup';
import { Crosspost } from '@/nodes/Crosspost/Crosspost.node';
import { TikTok } from '@/nodes/TikTok/TikTok.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { conversation } from '@/test/support/conversation';

const LIST = '/v2/video/list/';
const QUERY = '/v2/video/query/';
const FIELDS =
	'id,title,video_description,create_time,duration,width,height,cover_image_url,share_url,embed_link,like_count,comment_count,share_count,view_count';

const video = (id: string, change: object = {}) => ({
	id,
	title: '',
	video_description: `Video ${id}`,
	create_time: 1_784_000_000,
	duration: 12,
	share_url: `https://www.tiktok.com/@alice/video/${id}`,
	like_count: 1,
	comment_count: 2,
	share_count: 3,
	view_count: 4,
	...change,
});
const short = (id: string) => ({
	id,
	url: `https://www.tiktok.com/@alice/video/${id}`,
	text: `Video ${id}`,
	createdAt: '2026-07-14T03:33:20.000Z',
	seconds: 12,
	metrics: { views: 4, likes: 1, comments: 2, shares: 3 },
});

describe('listing videos', () => {
	it('goes through all pages', async () => {
		const page = (videos: object[], cursor: number, has_more: boolean) =>
			['POST', LIST, 200, good({ videos, cursor, has_more })] as const;
		const talk = conversation(HOST, [
			page([video('1'), video('2')], 1_783_000_000_000, true),
			page([video('3')], 1_782_000_000_000, false),
		]);
		const node = tikTokNode({ operation: 'getAll', returnAll: true });
		expect(await outcome(node)).toEqual([short('1'), short('2'), short('3')]);
		expect(talk.requests.map(({ query, body }) => [query, body])).toEqual([
			[{ fields: FIELDS }, { max_count: 20 }],
			[{ fields: FIELDS }, { max_count: 20, cursor: 1_783_000_000_000 }],
		]);
		talk.done();
	});

	it('stops at the limit, and gives the raw answer if wanted', async () => {
		const talk = conversation(HOST, [
			['POST', LIST, 200, good({ videos: [video('1'), video('2')], cursor: 1, has_more: true })],
		]);
		const node = tikTokNode({ operation: 'getAll', limit: 2, simplify: false });
		expect(await outcome(node)).toEqual([video('1'), video('2')]);
		expect(talk.requests[0].body).toEqual({ max_count: 2 });
	});
});

describe('getting a video', () => {
	it('takes an ID or a URL, long as they are', async () => {
		const id = '7574000000000000001';
		const found = ['POST', QUERY, 200, good({ videos: [video(id)] })] as const;
		const talk = conversation(HOST, [found, found]);
		for (const post of [id, `https://www.tiktok.com/@alice/video/${id}?lang=en`]) {
			expect(await outcome(tikTokNode({ operation: 'get', post }))).toEqual([short(id)]);
		}
		expect(talk.requests.map(({ body }) => body)).toEqual(
			Array(2).fill({ filters: { video_ids: [id] } }),
		);
		talk.done();
	});

	it('says what it does not know', async () => {
		conversation(HOST, [['POST', QUERY, 200, good({ videos: [] })]]);
		expect(await outcome(tikTokNode({ operation: 'get', post: '1' }))).toMatchObject([
			{ error: { code: 'not_found', rule: 'tikTok.post.missing' } },
		]);
		expect(await outcome(tikTokNode({ operation: 'get', post: 'hello' }))).toMatchObject([
			{ error: { code: 'validation_failed', rule: 'tikTok.post.address' } },
		]);
	});
});

describe('the publish status', () => {
	const get = async (publishId: string) =>
		await outcome(tikTokNode({ operation: 'getStatus', publishId }));

	it('names the post with all its digits', async () => {
		const body =
			'{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":[7574000000000000001],"uploaded_bytes":7},"error":{"code":"ok","message":"","log_id":"L0"}}';
		const talk = conversation(HOST, [['POST', STATUS, 200, body]]);
		expect(await get(' v1 ')).toEqual([
			{
				publishId: 'v1',
				status: 'PUBLISH_COMPLETE',
				id: '7574000000000000001',
				uploadedBytes: 7,
			},
		]);
		expect(talk.requests[0].body).toEqual({ publish_id: 'v1' });
	});

	it('tells why a post failed, or that there is none', async () => {
		const failed = good({ status: 'FAILED', fail_reason: 'video_pull_failed' });
		conversation(HOST, [
			['POST', STATUS, 200, failed],
			['POST', STATUS, 400, refusal('invalid_publish_id')],
		]);
		expect(await get('v1')).toMatchObject([{ status: 'FAILED', failReason: 'video_pull_failed' }]);
		expect(await get('v2')).toMatchObject([{ error: { code: 'not_found' } }]);
	});
});

it('tells what the creator may choose', async () => {
	conversation(HOST, [creator()]);
	const node = tikTokNode({ resource: 'account', operation: 'creatorInfo' });
	expect(await outcome(node)).toEqual([
		{
			username: 'alice',
			nickname: 'Alice',
			avatarUrl: 'https://p16.tiktokcdn.com/a.webp',
			privacy: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'],
			commentsOff: false,
			duetsOff: false,
			stitchesOff: true,
			longestVideoSeconds: 300,
		},
	]);
});

describe('the list of privacies', () => {
	const listed = async (node: ReturnType<typeof tikTokNode>) =>
		await new TikTok().methods.loadOptions.privacies.call(
			node.loadOptions() as unknown as ILoadOptionsFunctions,
		);

	it('has what the account may choose, in the words of the app', async () => {
		const privacy_level_options = ['FOLLOWER_OF_CREATOR', 'SELF_ONLY', 'SOMETHING_NEW'];
		const talk = conversation(HOST, [creator({ privacy_level_options })]);
		expect(await listed(tikTokNode({}))).toEqual([
			{ name: 'Followers', value: 'FOLLOWER_OF_CREATOR' },
			{ name: 'Only Me', value: 'SELF_ONLY' },
			{ name: 'SOMETHING_NEW', value: 'SOMETHING_NEW' },
		]);
		talk.done();
	});

	it('says why it is empty', async () => {
		const token = {} as TokenData;
		await expect(listed(tikTokNode({}, { token }))).rejects.toThrow('is not connected to TikTok');
		conversation(HOST, [['POST', CREATOR, 401, refusal('scope_not_authorized')]]);
		await expect(listed(tikTokNode({}))).rejects.toThrow('TikTok: Said so (scope_not_authorized');
	});

	it('is offered by Crosspost too', () => {
		const { methods, description } = new Crosspost();
		expect(methods.loadOptions).toHaveProperty('tikTok_privacies', expect.any(Function));
		const field = description.properties.find(({ name }) => name === 'tikTok');
		expect(field?.options).toContainEqual(
			expect.objectContaining({
				name: 'privacy',
				typeOptions: { loadOptionsMethod: 'tikTok_privacies' },
			}),
		);
	});
});
