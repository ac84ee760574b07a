import {
	activate,
	executions,
	runWorkflow,
	saveWorkflow,
	type Session,
} from '../../scripts/local/n8nClient.mjs';
import { doneIn } from '../sandbox/saved/around';
import type { SavedWorkflow } from '../sandbox/saved/workflow';
import { outputsIn, type Step } from './savedRun';
import type { SavedWorld } from './savedWorld';

type Outputs = Awaited<ReturnType<typeof outputsIn>>;

/** What a trigger told. */
export interface Watched {
	first: unknown;
	byHand: unknown;
}

/**
 * What saved triggers tell when the workflow becomes active and when they are tried by hand. What
 * they tell after weeks depends on the clock of n8n, which stays as it is here: lifecycle.test.ts has
 * connections that end soon or have ended.
 */
export async function watched(
	{ session, connect }: SavedWorld,
	saved: SavedWorkflow,
	steps: Step[],
): Promise<Record<string, Watched>> {
	await connect(steps.flatMap(({ credentials }) => credentials));
	const workflow = await saveWorkflow(session, { ...saved, nodes: steps.map(({ node }) => node) });
	await activate(session, workflow);
	const runs = steps.map(async ({ node: { name } }) => {
		const by = { trigger: name, destination: name };
		const { id } = (await runWorkflow(session, workflow, by)) as { id: string };
		return await outputsIn(session, id);
	});
	const byHand = Object.assign({}, ...(await Promise.all(runs))) as Outputs;
	const first = await toldAtFirst(session, String(workflow.id));
	return Object.fromEntries(
		steps.map(({ node: { name }, worlds }) => {
			const told = [first[name]?.[0] ?? [], byHand[name]?.[0] ?? []];
			const { output } = doneIn(worlds, told);
			return [name, { first: output[0], byHand: output[1] }];
		}),
	);
}

/** Only what has something to tell makes an execution. */
async function toldAtFirst(session: Session, workflow: string): Promise<Outputs> {
	const all = (await executions(session, workflow, 100)) as Array<{ id: string; mode: string }>;
	const told = all.filter(({ mode }) => mode === 'trigger');
	const outputs = await Promise.all(told.map(async ({ id }) => await outputsIn(session, id)));
	return Object.assign({}, ...outputs) as Outputs;
}
