import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { platforms } from '../platforms';
import { accountFacts } from '../shared/connection/account';
import type { Failure } from '../shared/contract/failure';
import type { Limits } from '../shared/contract/limits';
import type { Platform } from '../shared/contract/platform';
import { failure, refuse, toFailure } from '../shared/errors/failure';
import { toNodeError } from '../shared/errors/nodeError';
import { stopOf } from '../shared/http/stop';
import { loadMedia, type Loaded } from '../shared/media/load';
import { readChoice, readOperation, refuseNoted } from '../shared/publish/choice';
import { deliver, recorded } from '../shared/publish/deliver';
import { readMedia } from '../shared/publish/files';
import { keyProblems } from '../shared/publish/identity';
import { filesOf, givenIn, readShared } from '../shared/publish/input';
import type { Prepared } from '../shared/publish/job';
import { readChoices } from '../shared/publish/options';
import { mediaNeed } from '../shared/publish/parts';
import { invalid, preflight } from '../shared/publish/preflight';
import { notesFor, type Field } from '../shared/publish/values';
import { crosspostOperations } from './properties';

/** The state of one platform for one item. */
type Stage =
	| { platform: Platform; job: Prepared }
	| { platform: Platform; result: IDataObject }
	| { platform?: Platform; failed: Failure };

const WHEN: Field = { label: 'When a Check Fails', name: 'publishWhen' };

/** The whole `execute`: successes on the first output, failures on the second. */
export async function crosspost(fn: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const published: INodeExecutionData[] = [];
	const failed: INodeExecutionData[] = [];
	const unfit = keyProblems(fn, 'crosspost');
	const [first] = unfit;
	// Reports a key problem before any item is published.
	if (first && !fn.continueOnFail()) throw toNodeError(fn.getNode(), first[1], first[0]);
	for (const item of fn.getInputData().keys()) {
		for (const stage of await stagesOf(fn, item, unfit.get(item))) {
			if ('result' in stage) {
				published.push({ ...asItem(stage.result, item), ...filesOf(fn, item) });
			} else if ('failed' in stage) failed.push(asItem(failureJson(stage), item));
		}
	}
	// An agent receives only the first output.
	return fn.isToolExecution() ? [[...published, ...failed], []] : [published, failed];
}

/**
 * The final stages of an item. An error of the node itself is thrown, unless the node continues on
 * failure.
 */
async function stagesOf(fn: IExecuteFunctions, item: number, unfit?: Failure): Promise<Stage[]> {
	try {
		stopOf(fn, 'crosspost').check();
		if (unfit) refuse(unfit);
		const { resource, operation } = readOperation(fn, 'crosspost', item, crosspostOperations);
		const chosen = chosenOf(fn, item);
		if (resource === 'account') return await accountsOf(fn, item, chosen);
		return await crosspostItem(fn, item, chosen, operation === 'validate');
	} catch (error) {
		const failed = toFailure(error, 'crosspost');
		if (!fn.continueOnFail()) throw toNodeError(fn.getNode(), failed, item);
		return [{ platform: undefined, failed }];
	}
}

/** Account facts of each platform; failures are independent. */
async function accountsOf(
	fn: IExecuteFunctions,
	item: number,
	chosen: Platform[],
): Promise<Stage[]> {
	return await Promise.all(
		chosen.map(async (platform) => {
			try {
				return { platform, result: await accountFacts(fn, platform, item) };
			} catch (error) {
				return { platform, failed: toFailure(error, platform.id) };
			}
		}),
	);
}

/** Checks all platforms, then publishes on them in parallel; failures are independent. */
async function crosspostItem(
	fn: IExecuteFunctions,
	item: number,
	chosen: Platform[],
	validate: boolean,
): Promise<Stage[]> {
	const all = readChoice(fn, 'crosspost', item, WHEN, ['passing', 'all']) === 'all';
	const shared = sharedMedia(fn, item, chosen);
	const stages = await Promise.all(
		chosen.map(async (platform) => await look(fn, platform, item, shared, validate)),
	);
	const stopped = all && stages.some((stage) => 'failed' in stage);
	return await Promise.all(
		stages.map(async (stage) => {
			if (!('job' in stage)) return stage;
			if (validate) return valid(stage.job);
			return stopped ? heldBack(stage.platform, stages) : await send(stage.job);
		}),
	);
}

function chosenOf(fn: IExecuteFunctions, item: number): Platform[] {
	const notes = notesFor('crosspost');
	const chosen = readChoices(notes, fn.getNodeParameter('platforms', item), platforms);
	if (chosen.length > 0) return chosen;
	return refuseNoted(notes, 'Choose at least one in the field Platforms.');
}

/**
 * Loads the common media once for all platforms. It loads them again only for a server whose limit
 * is larger than any platform's default.
 */
function sharedMedia(fn: IExecuteFunctions, item: number, chosen: Platform[]) {
	// Each platform reports problems of the media itself.
	const sources = readMedia(notesFor('crosspost'), givenIn(fn, item, 'media'));
	const names = chosen.map(({ name }) => name).join(', ');
	const need = mediaNeed(
		names,
		chosen.map(({ limits }) => limits),
	);
	let loading: Promise<Loaded> | undefined;
	return {
		load: async (limits: Limits) => {
			const { atMost } = mediaNeed(names, [limits]);
			if (atMost > need.atMost) return await loadMedia(fn, item, sources, { ...need, atMost });
			return await (loading ??= loadMedia(fn, item, sources, need));
		},
	};
}

async function look(
	fn: IExecuteFunctions,
	platform: Platform,
	item: number,
	shared: ReturnType<typeof sharedMedia>,
	dry: boolean,
): Promise<Stage> {
	try {
		const { input, own } = readShared(fn, platform, item);
		const before = recorded({ fn, platform, item, input });
		if (before) return { platform, result: before };
		const media = own ? {} : { media: shared.load };
		const job = await preflight({ fn, platform, item, input, dry, ...media });
		const failed = invalid(job);
		return failed ? { platform, failed: failure(failed) } : { platform, job };
	} catch (error) {
		return { platform, failed: toFailure(error, platform.id) };
	}
}

async function send(job: Prepared): Promise<Stage> {
	try {
		return { platform: job.platform, result: await deliver(job) };
	} catch (error) {
		return { platform: job.platform, failed: toFailure(error, job.platform.id) };
	}
}

function valid({ platform, warnings }: Prepared): Stage {
	return { platform, result: { platform: platform.id, valid: true, warnings } };
}

function heldBack(platform: Platform, stages: Stage[]): Stage {
	const guilty = stages
		.filter((stage) => 'failed' in stage)
		.map((stage) => stage.platform?.name)
		.join(' and ');
	return {
		platform,
		failed: failure({
			code: 'validation_failed',
			platform: platform.id,
			rule: 'crosspost.post.held_back',
			message: `Not sent to ${platform.name}, because ${guilty} would fail`,
			remediation: `Correct the post for ${guilty}, or publish to those that pass.`,
		}),
	};
}

function failureJson({ failed }: { failed: Failure }): IDataObject {
	return { platform: failed.platform, error: { ...failed } as unknown as IDataObject };
}

function asItem(json: IDataObject, item: number): INodeExecutionData {
	return { json, pairedItem: { item } };
}
