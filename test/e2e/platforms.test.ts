import type { IDataObject } from 'n8n-workflow';

import { targetsOf } from '../../scripts/local/demoRun.mjs';
import {
	connectOAuth2,
	outputOf,
	saveCredential,
	testCredential,
} from '../../scripts/local/n8nClient.mjs';
import { records } from '../platforms';
import { upright } from '../platforms/files';
import { startSandbox } from '../sandbox';
import type { FileSetup } from '../platforms/record';
import type { Execution } from './flow';
import { metaApp, startWorld, type World } from './world';

jest.setTimeout(300_000);

const DAY = 86_400_000;

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, 1_800_000);

afterAll(async () => await world?.stop());

const itemsOf = (execution: Execution): IDataObject[] =>
	outputOf(execution, 'Node 1').map(({ json }: { json: IDataObject }) => json);

const failureOf = ({ data }: Execution) => {
	const { error } = data.resultData as { error?: { context?: { failure?: IDataObject } } };
	return error?.context?.failure;
};

const named = (files: FileSetup[]) =>
	Object.fromEntries(files.map((file, index) => [`file${index}`, file]));

const mediaOf = (files: FileSetup[]) => ({
	medium: Object.keys(named(files)).map((binaryProperty) => ({ source: 'binary', binaryProperty })),
});

const accountOf = (platform: string) =>
	world.accounts.find((account) => account.platform === platform) as (typeof world.accounts)[0];

const tried = Object.entries(records).flatMap(([platform, { trial }]) =>
	trial ? [[platform, trial] as const] : [],
);

describe.each(tried)('%s', (platform, { posts: postsOf, list, life }) => {
	const posts = postsOf();
	const type = `n8n-nodes-crosspost.${platform}`;
	const place = () => {
		const target = targetsOf(world.accounts)[`${platform}Target`];
		return target ? { target } : {};
	};

	it.each(Object.keys(posts))('gets %s', async (kind) => {
		const { parameters = {}, files = [] } = posts[kind];
		const text = `${kind} for ${platform}`;
		const flow = await world.flow(`${platform}-${kind}`.toLowerCase().replace(/\W+/g, '-'), [
			{
				type,
				parameters: { text, media: mediaOf(files), ...place(), ...parameters },
			},
		]);
		const { state } = world.sandboxes[platform];
		const before = state.posts.length;
		const execution = await flow.run({}, named(files));
		expect(failureOf(execution)).toBeUndefined();
		expect(itemsOf(execution)).toMatchObject([{ platform, status: 'published' }]);
		expect(state.posts).toHaveLength(before + 1);
	});

	it('lists, renews or says that the connection has ended, and that it is gone', async () => {
		const flow = await world.flow(`${platform}-list`.toLowerCase(), [
			{ type, parameters: { ...list, ...place(), returnAll: true } },
		]);
		expect(itemsOf(await flow.run()).length).toBeGreaterThan(0);

		const { clock, revokeAll } = world.sandboxes[platform];
		const dead = {
			code: 'platform_auth_failed',
			remediation: expect.stringContaining(`Demo account (${platform})`) as string,
		};
		clock.advance(life.days * DAY);
		const later = await flow.run();
		if (life.renewed) expect(itemsOf(later).length).toBeGreaterThan(0);
		else expect(failureOf(later)).toMatchObject(dead);

		const { credential } = accountOf(platform);
		await connectOAuth2(world.session, world.credentials[credential.type]);
		expect(itemsOf(await flow.run()).length).toBeGreaterThan(0);
		revokeAll();
		expect(failureOf(await flow.run())).toMatchObject(dead);
	});
});

describe('Instagram by Facebook Login', () => {
	const credentialType = 'crosspostInstagramFacebookOAuth2Api';
	let connected: { id: string; name: string };
	const reelFilm = upright();

	beforeAll(async () => {
		const { url } = world.sandboxes.instagram;
		const { id: clientId, secret: clientSecret } = metaApp(new URL(world.session.url).port);
		connected = await saveCredential(world.session, {
			name: 'Demo account (Instagram by Facebook)',
			type: credentialType,
			data: {
				...{ clientId, clientSecret },
				extendedScopes: ['instagram_manage_contents'],
				...{ apiBaseUrl: `${url}/facebook`, authBaseUrl: `${url}/facebook`, webBaseUrl: url },
			},
		});
		await connectOAuth2(world.session, connected);
	});

	const run = async (name: string, parameters: IDataObject, files: FileSetup[] = []) => {
		const flow = await world.flow(`instagram-facebook-${name}`, [
			{
				type: 'n8n-nodes-crosspost.instagram',
				parameters: { authentication: 'facebookLogin', ...parameters },
				settings: { credentials: { [credentialType]: connected } },
			},
		]);
		const execution = await flow.run({}, named(files));
		expect(failureOf(execution)).toBeUndefined();
		return itemsOf(execution);
	};

	it('finds its accounts, sends the bytes of a Reel itself and deletes it', async () => {
		const accounts = await run('accounts', { resource: 'account', operation: 'getAll' });
		expect(accounts.map(({ name }) => name)).toEqual(['demo', 'second']);
		const target = { __rl: true, mode: 'id', value: accounts[1].id };
		const { requests, state } = world.sandboxes.instagram;
		const before = requests.length;
		const [reel] = await run('reel', { target, text: 'By Facebook', media: mediaOf([reelFilm]) }, [
			reelFilm,
		]);
		expect(reel).toMatchObject({ platform: 'instagram', status: 'published' });
		const sent = requests.slice(before).find(({ operation }) => operation === 'upload');
		expect(sent?.headers['content-length']).toBe(String(reelFilm.bytes.length));
		expect(state.posts.find(({ id }) => id === reel.id)).toMatchObject({ account: 'second' });
		const post = { __rl: true, mode: 'id', value: reel.id };
		const deleting = { resource: 'post', operation: 'delete', target, post };
		expect(await run('delete', deleting)).toEqual([{ id: reel.id, deleted: true }]);
		expect(state.posts.some(({ id }) => id === reel.id)).toBe(false);
	});
});

it('tests pasted tokens of an app that demands the proof of its secret', async () => {
	const sandbox = await startSandbox('facebook', { requireProof: true });
	try {
		const { accessToken } = sandbox.issueToken();
		const verdict = async (signRequests: boolean, token = accessToken) => {
			const data = {
				...{ accessToken: token, clientId: 'facebook-client', clientSecret: 'facebook-secret' },
				...{ signRequests, apiBaseUrl: sandbox.url, videoBaseUrl: sandbox.url },
			};
			const type = 'crosspostFacebookAccessTokenApi';
			const credential = { name: 'Pasted token', type, data };
			const { id } = await saveCredential(world.session, credential);
			return (await testCredential(world.session, { ...credential, id })).status;
		};
		const verdicts = [await verdict(true), await verdict(false), await verdict(true, 'wrong')];
		expect(verdicts).toEqual(['OK', 'Error', 'Error']);
	} finally {
		await sandbox.stop();
	}
});

it('leaves no secret where one could read it', async () => {
	expect(await world.leaks()).toEqual([]);
});
