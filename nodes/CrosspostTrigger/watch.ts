import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { platforms } from '../platforms';
import type { AuthMethod } from '../shared/contract/authMethod';
import type { Failure } from '../shared/contract/failure';
import type { Platform } from '../shared/contract/platform';
import { toFailure } from '../shared/errors/failure';
import { toNodeError } from '../shared/errors/nodeError';
import { look } from './look';
import { newsOf, sampleOf, type Known, type Wish } from './news';
import { operationsName, scopesFor } from './properties';

/** What came of one connection. */
interface Found {
	events: IDataObject[];
	/** What is wrong with the node itself, such as a credential that is gone. */
	failed?: Failure;
}

/**
 * The whole `poll`: does what upkeep is due and tells what is new since the last time. A connection
 * that fails keeps no other from being looked at. Run by hand it shows how each one stands.
 */
export async function watch(fn: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const ids = fn.getNodeParameter('platforms', []) as string[];
	const chosen = platforms.filter(({ id }) => ids.includes(id));
	const found = await Promise.all(chosen.map(async (platform) => await newsFrom(fn, platform)));
	const events = found.flatMap((one) => one.events);
	const failed = found.find((one) => one.failed)?.failed;
	if (events.length === 0 && failed) throw toNodeError(fn.getNode(), failed, 0);
	return events.length > 0 ? [events.map((json) => ({ json }))] : null;
}

async function newsFrom(fn: IPollFunctions, platform: Platform): Promise<Found> {
	const manual = fn.getMode() === 'manual';
	try {
		const needed = (authMethod: AuthMethod) => neededScopes(fn, platform, authMethod);
		const seen = await look(fn, platform, { needed, thorough: manual });
		if (!seen) return { events: [] };
		if (manual) return { events: sampleOf(seen) };
		const state = fn.getWorkflowStaticData('node') as Record<string, Known | undefined>;
		const { events, known } = newsOf(seen, state[platform.id] ?? {}, wishOf(fn));
		state[platform.id] = known;
		return { events };
	} catch (error) {
		return { events: [], failed: toFailure(error, platform.id) };
	}
}

function neededScopes(fn: IPollFunctions, platform: Platform, { scopes }: AuthMethod) {
	const chosen = fn.getNodeParameter(operationsName(platform), []) as string[];
	return scopes ? scopesFor(platform, scopes.write, chosen) : [];
}

function wishOf(fn: IPollFunctions): Wish {
	const days = String(fn.getNodeParameter('daysBefore', '7'))
		.split(/[\s,;]+/)
		.map(Number)
		.filter((day) => day > 0);
	return { events: fn.getNodeParameter('events', []) as string[], days };
}
