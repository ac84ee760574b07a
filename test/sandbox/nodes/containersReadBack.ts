import type { IDataObject } from 'n8n-workflow';

import { binaryItem } from '@/test/support/binaries';
import { outcome, type RunChange, type TestNode } from '@/test/support/n8n';
import { advance } from '@/test/support/time';
import type { Sandbox } from '..';
import { CLOCKS, failAfterPublishing, OF_OTHERS } from './readBackRows';

const MINUTE = 60_000;
const lost = { kind: 'cut-after' };

interface Kind {
	parameters: IDataObject;
	files?: Parameters<typeof binaryItem>[0];
}

/** The set-up of a platform with containers, as its module exports it. */
interface World {
	readonly sandbox: Sandbox<unknown>;
	readonly KINDS: Record<string, Kind>;
	node(parameters: IDataObject): TestNode;
	publish(kind: Kind): Promise<{
		json: IDataObject;
		again: (change?: RunChange) => Promise<IDataObject>;
	}>;
	held(): Array<{ id: string }>;
	failureOf(json: IDataObject): IDataObject;
}

/** The kinds of posts for each question. */
export interface Questions {
	name: string;
	world: World;
	usual: string;
	/** Operations that read. */
	reads: string[];
	late: string[];
	equal: string[];
	found: string[];
	/** Kind, fault and outcome if the container cannot be read. */
	unclear: Array<[name: string, kind: string, said: string]>;
}

/** Tests posts whose publishing request got no clear answer. */
export function describeReadBack(questions: Questions) {
	const { name, world, reads, late, equal, found, unclear } = questions;
	const usual = () => world.KINDS[questions.usual];

	it.each(OF_OTHERS)(`an answer that is not of ${name}, %j, tells nothing`, async (fault) => {
		world.sandbox.faults.next('publish', fault);
		const { json, again } = await world.publish(usual());
		expect(json).toMatchObject({
			id: world.held()[0].id,
			status: 'already_published',
			warnings: [],
		});
		expect(await again()).toEqual(json);
		expect(world.held()).toHaveLength(1);
	});

	it.each(late)('a %s that comes late is found', async (kind) => {
		world.sandbox.faults.next('publish', { kind: 'takes-effect-late', afterMs: 20_000 });
		const { json, again } = await world.publish(world.KINDS[kind]);
		expect(json).toMatchObject({ id: world.held()[0].id, status: 'already_published' });
		expect(await again()).toEqual(json);
		expect(world.held()).toHaveLength(1);
	});

	describe.each(CLOCKS)('a clock that is %i ms ahead of n8n’s', (ahead) => {
		it('hides no post, nor makes an older one of the same words pass for it', async () => {
			world.sandbox.clock.advance(ahead);
			await world.publish(usual());
			advance(2 * MINUTE);
			world.sandbox.faults.next('publish', lost);
			const { json } = await world.publish(usual());
			expect(world.held()).toHaveLength(2);
			expect(json).toMatchObject({ id: world.held()[1].id, status: 'already_published' });
		});
	});

	describe.each(equal)('two equal posts of kind %s', (kind) => {
		it.each([0, 1])('are told apart, should the answer to number %i be lost', async (which) => {
			const faults = [0, 1].map((at) => (at === which ? lost : { kind: 'none' }));
			world.sandbox.faults.next('publish', ...faults);
			const { files } = world.KINDS[kind];
			const item = async () => (files ? await binaryItem(files) : { json: {} });
			const told = await outcome(world.node(world.KINDS[kind].parameters), [
				await item(),
				await item(),
			]);
			expect(told.map(({ id }) => id)).toEqual(world.held().map(({ id }) => id));
			expect(world.held()).toHaveLength(2);
		});
	});

	describe('after a crash, with nothing known of the container', () => {
		it.each(found)('a %s is found', async (kind) => {
			failAfterPublishing(world.sandbox, reads);
			world.sandbox.faults.next('publish', lost);
			const { json, again } = await world.publish(world.KINDS[kind]);
			expect(world.failureOf(json)).toMatchObject({ code: 'outcome_unknown' });

			world.sandbox.faults.clear();
			const seen = await again({ crashed: true });
			expect(seen).toMatchObject({
				id: world.held()[0].id,
				status: 'already_published',
				warnings: [],
			});
			expect(world.held()).toHaveLength(1);
		});

		it.each(unclear)('a %s after %s: %s', async (name, kind, said) => {
			failAfterPublishing(world.sandbox, reads);
			world.sandbox.faults.next('publish', { kind });
			const { json: open, again } = await world.publish(world.KINDS[name]);
			expect(world.failureOf(open)).toMatchObject({ code: 'outcome_unknown' });
			world.sandbox.faults.clear();
			const json = await again({ crashed: true });
			expect(world.failureOf(json)?.code ?? json.status).toBe(said);
			expect(world.held()).toHaveLength(1);
		});
	});
}
