import nock from 'nock';

import { conversation } from '@/test/support/conversation';
import { jpeg, mp4 } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
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

const film = 'https://files.example.org/b.mp4';

beforeAll(async () => await useBinaryStore());

describe('with Facebook Login', () => {
	it('the bytes of a video are sent, and the account stands in the result', async () => {
		const file = mp4({ seconds: 5 });
		const talk = conversation(FACEBOOK, [
			[
				'POST',
				MEDIA,
				200,
				{ id: 'c1', uri: 'https://rupload.facebook.com/ig-api-upload/v26.0/c1' },
			],
			...post('1').slice(1),
		]);
		const bytes = conversation('https://rupload.facebook.com', [
			['POST', '/ig-api-upload/v26.0/c1', 200, { success: true }],
		]);
		const media = { medium: [{ source: 'binary', binaryProperty: 'film' }] };
		const item = await binaryItem({
			film: { data: file, fileName: 'b.mp4', mimeType: 'video/mp4' },
		});
		const [result] = await outcome(byFacebook({ text: 'Up', media }), [item]);
		expect(result).toMatchObject({ account: { id: ME, name: 'alice' }, id: '1', warnings: [] });
		expect(madeIn(talk)).toEqual([
			{ media_type: 'REELS', share_to_feed: 'true', caption: 'Up', upload_type: 'resumable' },
		]);
		const [{ headers, body }] = bytes.requests;
		expect(headers).toMatchObject({
			authorization: 'OAuth IGlong-token-1',
			offset: '0',
			file_size: String(file.length),
		});
		expect(Buffer.from(String(body), 'hex')).toEqual(file);
		talk.done();
	});

	it('what arrived of a broken upload is not sent again', async () => {
		const file = mp4({ seconds: 5 });
		const half = Math.floor(file.length / 2);
		const phase = { uploading_phase: { bytes_transferred: half } };
		const talk = conversation(FACEBOOK, [
			[
				'POST',
				MEDIA,
				200,
				{ id: 'c1', uri: 'https://rupload.facebook.com/ig-api-upload/v26.0/c1' },
			],
			['GET', '/v26.0/c1', 200, { id: 'c1', video_status: phase }],
			...post('1').slice(1),
		]);
		const bytes = conversation('https://rupload.facebook.com', [
			['POST', '/ig-api-upload/v26.0/c1', 503, 'sorry'],
			['POST', '/ig-api-upload/v26.0/c1', 200, { success: true }],
		]);
		const media = { medium: [{ source: 'binary', binaryProperty: 'film' }] };
		const item = await binaryItem({
			film: { data: file, fileName: 'b.mp4', mimeType: 'video/mp4' },
		});
		expect(await outcome(byFacebook({ media }), [item])).toMatchObject([{ id: '1' }]);
		expect(bytes.requests[1].headers).toMatchObject({ offset: String(half) });
		expect(Buffer.from(String(bytes.requests[1].body), 'hex')).toEqual(file.subarray(half));
		talk.done();
	});

	it('a video with a URL is fetched by Instagram', async () => {
		serve({ '/b.mp4': mp4({ seconds: 10 }) });
		const talk = conversation(FACEBOOK, post('1'));
		await outcome(byFacebook({ media: fromUrls('/b.mp4') }));
		expect(madeIn(talk)).toEqual([{ video_url: film, media_type: 'REELS', share_to_feed: 'true' }]);
		talk.done();
	});

	const page = (id: string, username?: string) => ({
		id,
		name: `Page ${id}`,
		...(username && { instagram_business_account: { id: `1784140000${id}`, username } }),
	});
	const listed = (...pages: object[]) =>
		[
			['GET', '/v26.0/me/accounts', 200, { data: pages }],
			['GET', '/v26.0/me/businesses', 200, { data: [] }],
		] as const;

	it.each([
		['the only one linked', undefined, [page('1'), page('2', 'alice')], '17841400002'],
		['a user name', '@Bob', [page('1', 'alice'), page('2', 'bob')], '17841400002'],
		['a URL', 'https://www.instagram.com/bob/', [page('2', 'bob'), page('3', 'c')], '17841400002'],
	])('the account is found by %s', async (_how, value, pages, id) => {
		serve({ '/a.jpg': jpeg(100, 100) });
		const talk = conversation(FACEBOOK, [
			...listed(...pages),
			['POST', `/v26.0/${id}/media`, 200, { id: 'c1' }],
			['GET', '/v26.0/c1', 200, finished('c1')],
			['POST', `/v26.0/${id}/media_publish`, 200, { id: '1' }],
			['GET', '/v26.0/1', 200, shown('1')],
		]);
		const target = value && { __rl: true, mode: 'id', value };
		expect(await outcome(byFacebook({ media: fromUrls('/a.jpg'), target }))).toMatchObject([
			{ account: { id, name: 'alice' }, id: '1' },
		]);
		talk.done();
	});

	it.each([
		['none is linked', undefined, [page('1')], 'permission_missing', 'instagram.accounts.none'],
		[
			'none is chosen of several',
			undefined,
			[page('1', 'alice'), page('2', 'bob')],
			'validation_failed',
			'instagram.account.address',
		],
		[
			'another one is chosen',
			'@carol',
			[page('1', 'alice'), page('2', 'bob')],
			'validation_failed',
			'instagram.account.address',
		],
	])('nothing is sent if %s', async (_why, value, pages, code, rule) => {
		serve({ '/a.jpg': jpeg(100, 100) });
		const talk = conversation(FACEBOOK, listed(...pages));
		const target = value && { __rl: true, mode: 'id', value };
		expect(await outcome(byFacebook({ media: fromUrls('/a.jpg'), target }))).toMatchObject([
			{ error: { code, rule } },
		]);
		talk.done();
	});
});

describe('with Instagram Login', () => {
	it.each(['@Alice', ME, 'https://www.instagram.com/alice'])('%s is the account', async (value) => {
		serve({ '/a.jpg': jpeg(100, 100) });
		const talk = conversation(HOST, post('1'));
		const target = { __rl: true, mode: 'id', value };
		const parameters = { media: fromUrls('/a.jpg'), target };
		expect(await outcome(instagramNode(parameters))).toMatchObject([{ id: '1' }]);
		talk.done();
	});

	it('another account is refused', async () => {
		serve({ '/a.jpg': jpeg(100, 100) });
		const target = { __rl: true, mode: 'id', value: '@bob' };
		expect(await outcome(instagramNode({ media: fromUrls('/a.jpg'), target }))).toMatchObject([
			{
				error: {
					code: 'validation_failed',
					message:
						'With Instagram Login the credential is for one account, @alice, and "bob" is another one',
				},
			},
		]);
		expect(nock.pendingMocks()).toEqual([]);
	});
});
