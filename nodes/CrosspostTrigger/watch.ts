import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { AuthMethod } from '../shared/contract/authMethod';
import type { Failure } from '../shared/contract/failure';
import type { Platform } from '../shared/contract/platform';
import { toFailure } from '../shared/errors/failure';
import { toNodeError } from '../shared/errors/nodeError';
import { readFields, type Watched } from './fields';
import { look } from './look';
import { newsOf, sampleOf, type Known } from './news';
import { scopesFor } from './properties';

/** Result for one connection. */
interface Found {
	events: IDataObject[];
	/** A problem of the node itself, such as a deleted credential. */
	failed?: Failure;
}

/**
 * The whole `poll`: renews what is due and returns new events. Failures of connections are
 * independent. A manual run shows the state of each connection.
 */
export async function watch(fn: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const watched = fieldsOf(fn);
	const found = await Promise.all(
		watched.chosen.map(async (platform) => await newsFrom(fn, platform, watched)),
	);
	const events = found.flatMap((one) => one.events);
	const failed = found.find((one) => one.failed)?.failed;
	if (events.length === 0 && failed) throw toNodeError(fn.getNode(), failed, 0);
	return events.length > 0 ? [events.map((json) => ({ json }))] : null;
}

function fieldsOf(fn: IPollFunctions): Watched {
	try {
		return readFields(fn);
	} catch (error) {
		throw toNodeError(fn.getNode(), toFailure(error, 'crosspostTrigger'), 0);
	}
}

async function newsFrom(
	fn: IPollFunctions,
	platform: Platform,
	{ wish, operationsOf }: Watched,
): Promise<Found> {
	const manual = fn.getMode() === 'manual';
	try {
		const needed = ({ scopes }: AuthMethod) =>
			scopes ? scopesFor(platform, scopes.write, operationsOf(platform)) : [];
		const seen = await look(fn, platform, { needed, thorough: manual });
		if (!seen) return { events: [] };
		if (manual) return { events: sampleOf(seen) };
		const state = fn.getWorkflowStaticData('node') as Record<string, Known | undefined>;
		const { events, known } = newsOf(seen, state[platform.id] ?? {}, wish);
		state[platform.id] = known;
		return { events };
	} catch (error) {
		return { events: [], failed: toFailure(error, platform.id) };
	}
}
