import type { IDataObject } from 'n8n-workflow';

import { targetsOf } from '../../scripts/demoRun.mjs';
import { connectOAuth2, outputOf } from '../../scripts/n8nClient.mjs';
import type { Execution, FileSetup } from './flow';
import { trials } from './postTypes';
import { startWorld, type World } from './world';

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

describe.each(Object.keys(trials))('%s', (platform) => {
	const { posts, common = {}, list, life } = trials[platform];
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
				parameters: { text, media: mediaOf(files), ...place(), ...common, ...parameters },
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

it('leaves no secret where one could read it', async () => {
	expect(await world.leaks()).toEqual([]);
});
