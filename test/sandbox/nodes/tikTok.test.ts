import { mp4 } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { sha256 } from '../plainHttp';
import { outcome } from '@/test/TikTok/setup';
import {
	connected,
	failureOf,
	film,
	held,
	KINDS,
	node,
	publish,
	restart,
	sandbox,
	useTikTok,
} from './tikTokSetup';

jest.setTimeout(60_000);

useTikTok();

describe.each(Object.keys(KINDS))('%s', (kind) => {
	it('arrives as it was sent', async () => {
		const { files, said, parameters } = KINDS[kind];
		const { json, again } = await publish(KINDS[kind]);
		expect(json).toMatchObject({ status: said, account: { name: 'demo' }, warnings: [] });
		const [post] = held();
		expect(post.media.map((medium) => medium.sha256)).toEqual(
			Object.values(files).map(({ data }) => sha256(data)),
		);
		if (said === 'published') {
			expect(sandbox.state.posts).toMatchObject([
				{ id: json.id, text: parameters.text, privacy: 'PUBLIC_TO_EVERYONE' },
			]);
			expect(json.url).toMatch(new RegExp(`/@demo/(video|photo)/${String(json.id)}$`));
		}
		expect(await again()).toEqual(json);
		expect(held()).toHaveLength(1);
	});

	it('that takes long is finished by Resume', async () => {
		const { files, init, said, parameters } = KINDS[kind];
		sandbox.faults.next(init, { kind: 'slow-processing', polls: 2 });
		const options = { ...(parameters.options as object), processingWait: 1 };
		const { json } = await publish({ files, parameters: { ...parameters, options } });
		expect(json).toMatchObject({ status: 'processing' });
		let last = json;
		for (let times = 0; last.status === 'processing' && times < 5; times++) {
			[last] = await outcome(node({ operation: 'resume', resume: last.resume }));
		}
		expect(last).toMatchObject({ status: said });
		expect(held()).toHaveLength(1);
	});
});

it('a large video arrives in chunks, byte for byte', async () => {
	const data = mp4({ width: 540, height: 960, bytes: 75_000_001 });
	const { json } = await publish({ ...KINDS.video, files: { film: { ...film, data } } });
	expect(json).toMatchObject({ status: 'published', warnings: [] });
	expect(sandbox.state.posts[0].media).toMatchObject([
		{ length: data.length, sha256: sha256(data) },
	]);
	const puts = sandbox.requests.filter(({ operation }) => operation === 'upload');
	expect(puts.map(({ headers }) => headers['content-range'])).toEqual([
		'bytes 0-9999999/75000001',
		...[1, 2, 3, 4, 5].map((index) => `bytes ${index}0000000-${index}9999999/75000001`),
		'bytes 60000000-75000000/75000001',
	]);
	for (const { headers } of puts) expect(headers).not.toHaveProperty('authorization');
});

it.each(['accept', 'refuse'] as const)(
	'a chunk that comes twice does no harm where TikTok would %s it',
	async (repeatedChunk) => {
		await sandbox.stop();
		await restart({ repeatedChunk });
		sandbox.faults.next('upload', { kind: 'none' }, { kind: 'cut-after' }, { kind: '5xx-after' });
		const data = mp4({ width: 540, height: 960, bytes: 70_000_000 });
		const { json } = await publish({ ...KINDS.video, files: { film: { ...film, data } } });
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		expect(sandbox.state.posts[0].media).toMatchObject([{ sha256: sha256(data) }]);
	},
);

describe('an app before its audit', () => {
	const post = async (account: string, privacy: string) => {
		const parameters = { ...KINDS.video.parameters, options: { privacy } };
		const item = await binaryItem({ film });
		return (await outcome(node(parameters, connected({ account })), [item]))[0];
	};

	beforeEach(async () => {
		await sandbox.stop();
		await restart({ audited: false, privateAccounts: ['second'] });
	});

	it('cannot post for everyone, nor for public accounts at all', async () => {
		for (const privacy of ['PUBLIC_TO_EVERYONE', 'SELF_ONLY']) {
			expect(failureOf(await post('demo', privacy))).toMatchObject({
				code: 'permission_missing',
				rule: 'tikTok.unaudited_client_can_only_post_to_private_accounts',
				remediation: expect.stringContaining('set the account itself to private'),
			});
		}
		expect(held()).toEqual([]);
	});

	it('can post to the owner of a private account', async () => {
		expect(await post('second', 'SELF_ONLY')).toMatchObject({ status: 'published' });
		expect(held()).toHaveLength(1);
	});
});

it('a privacy that the account does not have is refused before anything is sent', async () => {
	await sandbox.stop();
	await restart({ privateAccounts: ['demo'], switchedOff: { demo: ['comment'] } });
	const options = { privacy: 'PUBLIC_TO_EVERYONE', allowComments: true };
	const { json } = await publish({
		...KINDS.video,
		parameters: { ...KINDS.video.parameters, options },
	});
	expect(failureOf(json)).toMatchObject({
		code: 'validation_failed',
		problems: [{ rule: 'tikTok.privacy.choice' }, { rule: 'tikTok.comments.off' }],
	});
	expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['creator']);
});

it('a post that is still looked at is named when that is over', async () => {
	await sandbox.stop();
	await restart({ moderation: 2 });
	const { json } = await publish(KINDS.video);
	expect(json).toMatchObject({ id: sandbox.state.posts[0].id, status: 'published', warnings: [] });
});

it('a file that is none of TikTok’s is refused with its reason', async () => {
	sandbox.faults.next('init.content', { kind: 'media-refused', late: true });
	const { json } = await publish(KINDS.photos);
	expect(failureOf(json)).toMatchObject({
		code: 'platform_unavailable',
		rule: 'tikTok.status.internal',
	});
});

describe('reading', () => {
	it('lists public videos, gets one, and tells its account', async () => {
		for (const text of ['one', 'two']) {
			sandbox.state.addPost({ account: 'demo', text });
			sandbox.clock.advance(1000);
		}
		const token = connected();
		const [first, second] = await outcome(node({ operation: 'getAll', returnAll: true }, token));
		expect([first.text, second.text]).toEqual(['two', 'one']);
		const got = await outcome(node({ operation: 'get', post: first.url }, token));
		expect(got).toEqual([first]);
		const facts = await outcome(node({ resource: 'account', operation: 'get' }, token));
		expect(facts).toMatchObject([{ account: { name: 'demo' }, scopes: { missing: [] } }]);
	});

	it('says which permission is missing', async () => {
		const token = connected({ scopes: ['user.info.basic', 'video.publish'] });
		const [json] = await outcome(node({ operation: 'getAll' }, token));
		expect(failureOf(json)).toMatchObject({
			code: 'permission_missing',
			rule: 'tikTok.scope_not_authorized',
		});
	});
});
