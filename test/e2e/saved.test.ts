import type { IDataObject, INode } from 'n8n-workflow';

import { platforms } from '../../nodes/platforms';
import { counted, patient, type Done } from '../sandbox/saved/around';
import { expectSame } from '../sandbox/saved/compare';
import { savedRequests, savedWorkflow } from '../sandbox/saved/files';
import { RESUME, WAITING } from '../sandbox/saved/plan';
import { ready, runSaved, stopAll, type Step } from './savedRun';
import { startSavedWorld, type SavedWorld } from './savedWorld';
import { watched, type Watched } from './savedWatch';

/**
 * Imports the workflows that 0.1.0 saved into a real n8n without changes. Each node has its own
 * platforms and must do what it did then, as in the test without n8n: see
 * ../sandbox/saved/0.1.0/README.md. The trigger is tested only when it becomes active and by hand,
 * because no weeks pass here: see savedWatch.ts.
 */
jest.setTimeout(600_000);

const TRIGGER = 'crosspostTrigger';
const files = [...platforms.map(({ id }) => id), 'crosspost'];
/** By file and name of the node. */
const first: Record<string, Record<string, Done>> = {};
const second: Record<string, Record<string, Done>> = {};
const steps: Step[] = [];

let world: SavedWorld;
let alarms: Record<string, Watched>;

beforeAll(async () => {
	world = await startSavedWorld();
	const waiting: Record<string, Step> = {};
	await runAll(first, async (file) => {
		const made = await Promise.all(nodesOf(file).map(makeReady));
		waiting[file] = made.find(({ node }) => node.name === WAITING) as Step;
		return made;
	});
	await runAll(second, async (file) => {
		const { nodes } = savedWorkflow(file);
		const resume = nodes.filter(({ name }) => name === RESUME);
		const opened = nodes.filter((node) => hasFormerOptions(file, node));
		return [
			...resume.map((node) => goingOn(node, waiting[file], first[file][WAITING])),
			...(await Promise.all(opened.map(makeReady))),
		];
	});
	alarms = await watched(world, savedWorkflow(TRIGGER), await triggers());
}, 1_800_000);

afterAll(async () => {
	await stopAll(steps);
	await world?.stop();
});

async function makeReady(node: INode): Promise<Step> {
	const step = await ready(node, world.crawl);
	steps.push(step);
	return step;
}

const triggers = async () => await Promise.all(savedWorkflow(TRIGGER).nodes.map(makeReady));

/** All nodes except Resume; those that fail return the error as an item, as they did then. */
function nodesOf(file: string): INode[] {
	const before = savedRequests(file);
	const fails = ({ name }: INode) => before[name].output.flat().some(({ error }) => error);
	return savedWorkflow(file)
		.nodes.filter(({ name }) => name !== RESUME)
		.map((node) => (fails(node) ? { ...node, onError: 'continueRegularOutput' } : node));
}

/** The step of a node that goes on with the platforms and the output of the node before it. */
function goingOn(node: INode, before: Step, { output: [[json]] }: Done): Step {
	const { worlds, node: waiting } = before;
	const { credentials } = waiting;
	return { ...before, node: { ...node, credentials }, json: patient(json), from: counted(worlds) };
}

function hasFormerOptions(file: string, { parameters }: INode): boolean {
	const { former = [] } = platforms.find(({ id }) => id === file) ?? {};
	const names = former.flatMap(({ options }) => options.map(({ name }) => name));
	return names.some((name) => name in ((parameters.options ?? {}) as IDataObject));
}

/** Runs one workflow for each file, all at the same time. */
async function runAll(
	done: Record<string, Record<string, Done>>,
	stepsOf: (file: string) => Promise<Step[]>,
) {
	const all = await Promise.all(files.map(async (file) => [file, await stepsOf(file)] as const));
	const filled = all.filter(([, made]) => made.length > 0);
	await world.connect(filled.flatMap(([, made]) => made.flatMap((one) => one.credentials)));
	await Promise.all(
		filled.map(async ([file, made]) => {
			const again = done === second;
			done[file] = await runSaved(world.session, savedWorkflow(file), made, { again });
		}),
	);
}

describe.each(files)('%s of 0.1.0 in n8n', (file) => {
	const before = savedRequests(file);

	it.each(Object.keys(before))('does: %s', (name) => {
		const now = (name === RESUME ? second : first)[file][name];
		expectSame(`${file}/${name}`, now, before[name]);
	});

	const opened = savedWorkflow(file).nodes.filter((node) => hasFormerOptions(file, node));
	if (opened.length === 0) return;

	it.each(opened.map(({ name }) => name))('does, opened and saved by a user: %s', (name) => {
		expectSame(`${file}/${name}`, second[file][name], before[name]);
	});
});

describe('crosspostTrigger of 0.1.0 in n8n', () => {
	it.each(Object.entries(savedRequests(TRIGGER)))('does: %s', (name, { output }) => {
		expect(alarms[name]).toEqual({ first: output[0], byHand: output[1] });
	});
});
