import { startSandbox, type Sandbox } from '.';
import { userId, type InstagramState } from './instagram/model';
import { ask, consent, fileServer, mp4, sha256, type Answer } from './plainHttp';
import { jpeg, mp4 as movie } from '../support/mediaFixtures';

const REDIRECT = 'https://n8n.example.com/rest/oauth2-credential/callback';
const FILM = mp4();
const ME = userId('demo');

jest.setTimeout(20_000);

let files: Awaited<ReturnType<typeof fileServer>>;
let sandbox: Sandbox<InstagramState>;
let token: string;

beforeAll(async () => {
	files = await fileServer({ '/a.jpg': jpeg(100, 100), '/b.mp4': FILM });
});

afterAll(() => files.stop());

beforeEach(async () => {
	sandbox = await startSandbox('instagram', {
		crawl: { 'https://n8n.example.com/': files.url },
		polls: 0,
	});
	token = sandbox.issueToken({ kind: 'facebook' }).accessToken;
});

afterEach(async () => await sandbox.stop());

const call = async (method: string, path: string, query: Record<string, string> = {}, as = token) =>
	await ask(`${sandbox.url}/facebook/v26.0${path}`, {
		method,
		query: { access_token: as, ...query },
	});
const id = (answer: Answer) => (answer.body as { id: string }).id;
const error = (answer: Answer) => (answer.body as { error: Record<string, unknown> }).error;
const make = async (query: Record<string, string>) => await call('POST', `/${ME}/media`, query);
const status = async (one: string) =>
	(await call('GET', `/${one}`, { fields: 'status_code,video_status' })).body;

describe('Instagram with Facebook Login', () => {
	it('is connected as a Page is, and finds the accounts by their Pages', async () => {
		const back = await consent(`${sandbox.url}/facebook/v26.0/dialog/oauth`, {
			response_type: 'code',
			client_id: 'facebook-client',
			redirect_uri: REDIRECT,
			scope: 'instagram_basic,instagram_content_publish,pages_show_list,pages_read_engagement',
		});
		const app = { client_id: 'facebook-client', client_secret: 'facebook-secret' };
		const code = back.searchParams.get('code')!;
		const trade = `${sandbox.url}/facebook/v26.0/oauth/access_token`;
		const short = (await ask(trade, { form: { ...app, redirect_uri: REDIRECT, code } })).body as {
			access_token: string;
		};
		const long = (await ask(trade, {
			query: {
				...app,
				grant_type: 'fb_exchange_token',
				fb_exchange_token: short.access_token,
			},
		})) as { body: unknown };
		expect(long.body).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
		const { access_token } = long.body as typeof short;
		const fields = 'name,instagram_business_account{id,username}';
		expect((await call('GET', '/me/accounts', { fields }, access_token)).body).toMatchObject({
			data: [
				{ name: 'Demo Page', instagram_business_account: { id: ME, username: 'demo' } },
				{ name: 'Second Page', instagram_business_account: { username: 'second' } },
				{ id: expect.any(String), name: 'Page Without' },
			],
		});
		const profile = await call('GET', `/${ME}`, { fields: 'id,username' }, access_token);
		expect(profile.body).toEqual({ id: ME, username: 'demo' });
	});

	it('takes the bytes of a video', async () => {
		const made = (await make({ media_type: 'REELS', upload_type: 'resumable', caption: 'Up' }))
			.body as { id: string; uri: string };
		expect(made.uri).toContain(`/ig-api-upload/v26.0/${made.id}`);
		expect(await status(made.id)).toMatchObject({
			status_code: 'IN_PROGRESS',
			video_status: { uploading_phase: { bytes_transferred: 0 } },
		});
		const send = async (headers: Record<string, string>, bytes = FILM) =>
			await ask(made.uri, { headers: { 'content-type': 'video/mp4', ...headers }, bytes });
		const size = { offset: '0', file_size: String(FILM.length) };
		expect((await send({ ...size, authorization: `Bearer ${token}` })).status).toBe(401);
		const authorization = `OAuth ${token}`;
		expect((await send({ authorization })).body).toMatchObject({
			debug_info: { retriable: false, type: 'ProcessingFailedError' },
		});
		expect((await send({ ...size, authorization })).body).toMatchObject({ success: true });
		expect(await status(made.id)).toMatchObject({ status_code: 'FINISHED' });
		await call('POST', `/${ME}/media_publish`, { creation_id: made.id });
		expect(sandbox.state.posts).toMatchObject([
			{ text: 'Up', media: [{ sha256: sha256(FILM), type: 'video/mp4' }] },
		]);
		expect(error(await make({ upload_type: 'resumable' }))).toMatchObject({ code: 100 });

		const wide = movie({ width: 1922, height: 1080, seconds: 10 });
		const other = (await make({ media_type: 'REELS', upload_type: 'resumable' })).body as {
			id: string;
			uri: string;
		};
		const file_size = String(wide.length);
		await ask(other.uri, {
			headers: { 'content-type': 'video/mp4', authorization, offset: '0', file_size },
			bytes: wide,
		});
		expect(await status(other.id)).toMatchObject({ status_code: 'ERROR' });
	});

	it('publishes for each linked account, and deletes with the permission for it', async () => {
		const second = userId('second');
		const made = await call('POST', `/${second}/media`, {
			image_url: 'https://n8n.example.com/a.jpg',
		});
		const post = id(await call('POST', `/${second}/media_publish`, { creation_id: id(made) }));
		expect(sandbox.state.posts).toMatchObject([{ id: post, account: 'second' }]);
		const scopes = ['instagram_basic', 'pages_show_list'];
		const reader = sandbox.issueToken({ kind: 'facebook', scopes }).accessToken;
		expect(error(await call('DELETE', `/${post}`, {}, reader))).toMatchObject({ code: 10 });
		expect((await call('DELETE', `/${post}`)).body).toEqual({ success: true });
		expect(sandbox.state.posts).toEqual([]);
		const other = sandbox.issueToken({ kind: 'facebook', account: 'second' }).accessToken;
		expect(error(await call('GET', `/${ME}`, {}, other))).toMatchObject({ code: 100 });
	});

	it('knows nothing of the other host’s tokens, nor that host of these', async () => {
		const instagram = sandbox.issueToken().accessToken;
		expect(error(await call('GET', `/${ME}`, {}, instagram))).toMatchObject({ code: 190 });
		expect(error(await ask(`${sandbox.url}/v26.0/me`, { token }))).toMatchObject({ code: 190 });
	});
});
