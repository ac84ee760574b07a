import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { accountFacts, disconnect } from './connection/account';
import { apiForSession } from './connection/client';
import { openSession } from './connection/session';
import type { Operation } from './contract/operation';
import type { Platform } from './contract/platform';
import { isList, operationsOf } from './editor/describe';
import { refuse, toFailure } from './errors/failure';
import { toNodeError } from './errors/nodeError';
import { redactNames } from './errors/redact';
import { stopOf } from './http/stop';
import { listed } from './connection/listed';
import { readOperation } from './publish/choice';
import { deliver, recorded } from './publish/deliver';
import { keyProblems } from './publish/identity';
import { filesOf, readPost } from './publish/input';
import { readInput } from './publish/operationInput';
import { preflight } from './publish/preflight';
import { prepareResume } from './publish/resume';
import { composed } from './publish/validate';

/**
 * The whole `execute` of a platform's node. Posts to one account are sent one at a time, in order.
 */
export async function run(
	fn: IExecuteFunctions,
	platform: Platform,
): Promise<INodeExecutionData[][]> {
	const results: INodeExecutionData[] = [];
	const unfit = keyProblems(fn, platform.id);
	const [first] = unfit;
	// Reports a key problem before any item is published.
	if (first && !fn.continueOnFail()) throw toNodeError(fn.getNode(), first[1], first[0]);
	for (const item of fn.getInputData().keys()) {
		try {
			stopOf(fn, platform.id).check();
			const problem = unfit.get(item);
			if (problem) refuse(problem);
			const found = await perform(fn, platform, item);
			const all = Array.isArray(found) ? found : [found];
			const files = filesOf(fn, item);
			results.push(...all.map((json) => ({ json, ...files, pairedItem: { item } })));
		} catch (error) {
			const failed = toFailure(error, platform.id);
			if (!fn.continueOnFail()) throw toNodeError(fn.getNode(), failed, item);
			results.push({
				json: { error: { ...failed } as unknown as IDataObject },
				pairedItem: { item },
			});
		}
	}
	return [results];
}

async function perform(
	fn: IExecuteFunctions,
	platform: Platform,
	item: number,
): Promise<IDataObject | IDataObject[]> {
	const all = operationsOf(platform);
	const { resource, operation: name } = readOperation(fn, platform.id, item, all);
	const own = platform.operations.find(
		(operation) => operation.resource === resource && operation.operation === name,
	);
	if (own) return await operate(fn, platform, item, own);
	if (resource === 'account')
		return await (name === 'get' ? accountFacts : disconnect)(fn, platform, item);
	return await post(fn, platform, item, name);
}

async function post(fn: IExecuteFunctions, platform: Platform, item: number, name: string) {
	if (name === 'resume') {
		const state = fn.getNodeParameter('resume', item);
		return await deliver(await prepareResume(fn, platform, item, state));
	}
	const job = { fn, platform, item, input: readPost(fn, platform, item) };
	if (name === 'validate') return await validate(job);
	return recorded(job) ?? (await deliver(await preflight(job)));
}

async function validate(job: Parameters<typeof preflight>[0]): Promise<IDataObject> {
	const { platform, errors, warnings, parts } = await preflight({ ...job, dry: true });
	return {
		platform: platform.id,
		valid: errors.length === 0,
		problems: errors.map((problem) => ({ ...problem })),
		warnings,
		parts: parts.map(({ post: part }) => ({
			text: composed(platform, part),
			media: part.media.map(({ name, mime, bytes }) => ({ name, mime, bytes })),
		})),
	};
}

async function operate(
	fn: IExecuteFunctions,
	platform: Platform,
	item: number,
	operation: Operation,
): Promise<IDataObject | IDataObject[]> {
	const input = readInput(fn, platform, item, operation);
	const session = await openSession(fn, platform, item);
	const api = apiForSession(fn, platform, session);
	const found = isList(operation)
		? await listed(api, operation, input)
		: await operation.run(api, input);
	const { simplify } = operation;
	const short = (raw: IDataObject) =>
		simplify && input.simplify !== false ? simplify(raw, api) : raw;
	const clean = Array.isArray(found) ? found.map(short) : short(found);
	return redactNames(clean, session.secrets());
}
