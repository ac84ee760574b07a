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

/** The events of a trigger. */
export interface Watched {
	first: unknown;
	byHand: unknown;
}

/**
 * Returns the events of saved triggers when the workflow becomes active and when they are run by
 * hand. Later events depend on n8n's clock, which does not change here: lifecycle.test.ts has
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

/** n8n makes no execution if a trigger has no events. */
async function toldAtFirst(session: Session, workflow: string): Promise<Outputs> {
	const all = (await executions(session, workflow, 100)) as Array<{ id: string; mode: string }>;
	const told = all.filter(({ mode }) => mode === 'trigger');
	const outputs = await Promise.all(told.map(async ({ id }) => await outputsIn(session, id)));
	return Object.assign({}, ...outputs) as Outputs;
}
