import { existsSync } from 'node:fs';
import { checkAgainstSpec, report, type SpecRequest } from '.';
import { specsFolder } from './model';

const JSON_TYPE = 'application/json';

const get = (path: string, query: SpecRequest['query'] = {}): SpecRequest => ({
	method: 'GET',
	path,
	query,
	contentType: '',
});
const post = (path: string, body?: unknown, query: SpecRequest['query'] = {}): SpecRequest => ({
	method: 'POST',
	path,
	query,
	contentType: body === undefined ? '' : JSON_TYPE,
	...(body !== undefined && { body }),
});
const form = (path: string, body: object, files: object[] = []): SpecRequest => ({
	...post(path, body),
	contentType: 'multipart/form-data; boundary=x',
	files,
});

const record = { $type: 'app.bsky.feed.post', text: 'a', createdAt: '2026-11-21T10:00:00.000Z' };
const repo = 'did:plc:v5fjx46meaxsrjr2zf3k3yvx';
const image = { field: 'file', filename: 'a.png', type: 'image/png', length: 1, sha256: '' };

const GOOD: Record<string, SpecRequest[]> = {
	x: [
		post('/2/tweets', { text: 'a', media: { media_ids: ['1', '2'] } }),
		post('/2/tweets', { text: 'a', reply: { in_reply_to_tweet_id: '1' } }),
		get('/2/users/me', { 'user.fields': 'id,username' }),
		get('/2/users/1/tweets', { max_results: '5', 'tweet.fields': 'created_at,entities' }),
		form('/2/media/upload/1/append', { segment_index: '0' }, [{ ...image, field: 'media' }]),
		post('/2/media/upload/1/finalize'),
		post('/2/oauth2/token', { code: 'a' }),
	],
	mastodon: [
		post('/api/v1/statuses', { status: 'a', media_ids: ['1'], visibility: 'public' }),
		post('/api/v1/statuses', { status: 'a', poll: { options: ['x', 'y'], expires_in: 300 } }),
		form('/api/v2/media', { description: 'alt' }, [image]),
		get('/api/v1/accounts/1/statuses', { limit: '40', exclude_reblogs: 'true' }),
		form('/oauth/token', {
			client_id: 'a',
			client_secret: 'b',
			code: 'c',
			grant_type: 'authorization_code',
			redirect_uri: 'd',
		}),
	],
	threads: [
		post('/v1.0/me/threads', undefined, {
			media_type: 'TEXT',
			text: 'a',
			access_token: 't',
			reply_control: 'everyone',
		}),
		post('/v1.0/24000000123/threads_publish', undefined, { creation_id: '1' }),
		get('/v1.0/18050000000065539', { fields: 'id,status,error_message' }),
		get('/refresh_access_token', { grant_type: 'th_refresh_token', access_token: 't' }),
		get('/oauth/authorize', { client_id: 'a' }),
	],
	pinterest: [
		post('/v5/pins', {
			board_id: '1',
			title: 'a',
			media_source: { source_type: 'image_url', url: 'https://example.com/a.png' },
		}),
		post('/api-sandbox/v5/pins', {
			board_id: '1',
			media_source: { source_type: 'video_id', media_id: '1', cover_image_key_frame_time: 0 },
		}),
		post('/v5/media', { media_type: 'video' }),
		get('/v5/boards', { page_size: '250', privacy: 'SECRET' }),
		get('/v5/pins/1/analytics', {
			start_date: '2026-11-01',
			end_date: '2026-11-02',
			metric_types: 'IMPRESSION,VIDEO_START',
		}),
		{
			...post('/v5/oauth/token', {
				grant_type: 'authorization_code',
				code: 'a',
				redirect_uri: 'b',
				continuous_refresh: 'true',
			}),
			contentType: 'application/x-www-form-urlencoded',
		},
		get('/oauth/', { client_id: 'a' }),
		form('/pinterest-media-upload/', { key: 'a' }, [image]),
	],
	instagram: [
		post('/v26.0/1784100/media', { image_url: 'a', caption: 'b', is_ai_generated: 'true' }),
		post('/facebook/v26.0/1784100/media', { upload_type: 'resumable', media_type: 'REELS' }),
		post('/v26.0/1784100/media_publish', { creation_id: '1' }),
		get('/v26.0/17900', { fields: 'status_code,status' }),
		get('/facebook/v26.0/17900/comments', { fields: 'text,replies{id,text}', limit: '50' }),
		get('/v26.0/17900/insights', { metric: 'views,reach' }),
		get('/refresh_access_token', { grant_type: 'ig_refresh_token', access_token: 'a' }),
		{ ...get('/facebook/v26.0/17900'), method: 'DELETE' },
		get('/facebook/v26.0/me/accounts', { fields: 'id' }),
	],
	facebook: [
		post('/v26.0/100012345/feed', { message: 'a', attached_media: [{ media_fbid: '1' }] }),
		form('/v26.0/100012345/photos', { published: 'false', alt_text_custom: 'a' }, [image]),
		post('/v26.0/100012345/video_reels', { upload_phase: 'finish', video_state: 'PUBLISHED' }),
		get('/v26.0/100012345_1', { fields: 'message,from{id,name},attachments{target}' }),
		get('/v26.0/me/accounts', { fields: 'id,name', limit: '100' }),
		get('/v26.0/dialog/oauth', { client_id: 'a' }),
	],
	bluesky: [
		post('/xrpc/com.atproto.repo.createRecord', { repo, collection: 'app.bsky.feed.post', record }),
		get('/xrpc/com.atproto.repo.listRecords', {
			repo,
			collection: 'app.bsky.feed.post',
			limit: '100',
		}),
		{
			...post('/xrpc/com.atproto.repo.uploadBlob'),
			contentType: 'image/png',
			binary: { length: 1, sha256: '' },
		},
		post('/xrpc/com.atproto.server.refreshSession'),
	],
};

const BAD: Record<string, Array<[SpecRequest, RegExp]>> = {
	x: [
		[post('/2/tweets', { text: 'a', foo: 1 }), /foo is not known/],
		[post('/2/tweets', { text: 'a', reply_settings: 'everyone' }), /allowed values/],
		[get('/2/users/1/tweets', { max_results: '3' }), />= 5/],
		[get('/2/users/me', { fields: 'id' }), /fields is not known/],
		[
			form('/2/media/upload/1/append', { segment_index: '1000' }, [{ ...image, field: 'media' }]),
			/<= 999/,
		],
		[get('/1.1/statuses/update.json'), /not in the vendor/],
	],
	mastodon: [
		[post('/api/v1/statuses', { text: 'a' }), /text is not known/],
		[post('/api/v1/statuses', { status: 'a', visibility: 'everyone' }), /allowed values/],
		[form('/api/v2/media', { alt: 'a' }, [image]), /alt is not known/],
	],
	threads: [
		[post('/me/threads', undefined, { media_type: 'REELS' }), /media_type cannot be REELS/],
		[post('/me/threads', { media_type: 'TEXT', caption: 'a' }), /caption is not known/],
		[get('/me', { fields: 'id,email' }), /field email is not known/],
		[get('/me/media'), /not in the vendor/],
	],
	pinterest: [
		[post('/v5/pins', { board_id: 'recipes' }), /board_id must match pattern/],
		[post('/v5/pins', { board_id: '1', note: 'a' }), /note is not known/],
		[
			post('/v5/pins', { board_id: '1', media_source: { source_type: 'image_url' } }),
			/must have required property 'url'/,
		],
		[get('/v5/boards', { page_size: '251' }), /<= 250/],
		[get('/v5/pins/1/analytics', { metric_types: 'LIKES' }), /start_date is required/],
		[post('/v5/oauth/token', { grant_type: 'refresh_token' }), /application\/json is not taken/],
		[get('/v3/boards'), /not in the vendor/],
	],
	instagram: [
		[post('/v26.0/1784100/media', { image: 'a' }), /image is not known/],
		[post('/v26.0/1784100/media_publish', {}), /creation_id is missing/],
		[get('/v26.0/17900', { fields: 'id,text' }), /field text is not known/],
		[get('/v26.0/17900/insights', { metric: 'views,fame' }), /metric cannot be fame/],
		[get('/v26.0/1784100/media', { fields: 'view_count' }), /field view_count is not known/],
		[get('/access_token', { grant_type: 'ig_exchange_token' }), /client_secret is missing/],
		[{ ...post('/v26.0/17900/likes') }, /not in the vendor/],
	],
	facebook: [
		[post('/v26.0/100012345/feed', { text: 'a' }), /text is not known/],
		[post('/v26.0/100012345/video_reels', { video_id: '1' }), /upload_phase is missing/],
		[
			post('/v26.0/100012345/video_reels', { upload_phase: 'finish', video_state: 'LIVE' }),
			/video_state cannot be LIVE/,
		],
		[get('/v26.0/100012345_1', { fields: 'id,text' }), /field text is not known/],
		[get('/v26.0/100012345/reels'), /not in the vendor/],
	],
	bluesky: [
		[
			post('/xrpc/com.atproto.repo.createRecord', {
				repo,
				collection: 'app.bsky.feed.post',
				record: { ...record, createdAt: '2026-11-21' },
			}),
			/createdAt/,
		],
		[post('/xrpc/com.atproto.repo.createRecord', { repo, record }), /collection/],
		[get('/xrpc/com.atproto.repo.listRecords', { repo }), /collection/],
		[get('/xrpc/com.atproto.server.refreshSession'), /not for GET/],
		[post('/xrpc/app.bsky.feed.post2', {}), /not in the vendor/],
	],
};

const platforms = Object.keys(GOOD);

it("says so where the vendors' files are not there", () => {
	const result = checkAgainstSpec('x', GOOD.x, '/nowhere');
	expect(result).toEqual({
		platform: 'x',
		available: false,
		checked: {},
		leftOut: {},
		failures: [],
	});
	expect(report(result)).toBe("x: no vendors' files here, nothing checked");
});

const described = existsSync(specsFolder()) ? platforms : [];

describe.each([['vendors’ files', described]] as const)('%s', (_name, there) => {
	it('are checked if they are beside the checkout', () => {
		for (const platform of there) {
			const result = checkAgainstSpec(platform, GOOD[platform]);
			expect({ platform, failures: result.failures }).toEqual({ platform, failures: [] });
			const known = Object.values(result.checked).reduce((sum, times) => sum + times, 0);
			expect(known).toBe(GOOD[platform].length - Object.keys(result.leftOut).length);
			expect(report(result)).toContain(
				`${platform}: ${Object.keys(result.checked).length} operations`,
			);
		}
	});

	it('show what is wrong', () => {
		for (const platform of there)
			for (const [request, problem] of BAD[platform]) {
				const { failures } = checkAgainstSpec(platform, [request]);
				expect(failures.map((one) => one.problem).join('\n')).toMatch(problem);
			}
	});
});
