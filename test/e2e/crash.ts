import { finished, retryExecution } from '../../scripts/local/n8nClient.mjs';
import { until } from '../../scripts/local/processes.mjs';
import { out, partsOf, postingOf, requestsOf, type Posting } from './endings';
import type { Execution } from './flow';
import type { PostServer } from './servers';
import type { World } from './world';

/** The posts that a crash interrupted, and the results of n8n's Retry. */
export interface Crash {
	/** Published, but the answers never arrived. */
	lost: Posting[];
	/** The servers never received these posts. */
	unsent: Posting[];
	/** Statuses of the interrupted executions in n8n. */
	status: string[];
	/** The running retries by name of the posting; some take a minute. */
	retries: Map<string, Promise<Execution>>;
}

/**
 * Kills n8n while each server owes it an answer, starts it again and retries the interrupted
 * executions.
 */
export async function crash(world: World, servers: PostServer[]): Promise<Crash> {
	const lost = await postings(world, servers, 'lost');
	const unsent = await postings(world, servers, 'unsent');
	const ids = new Map([
		...(await startAll(servers, lost, 'after', async (one) => (await out(one)).length > 0)),
		...(await startAll(servers, unsent, 'before', async (one) => requestsOf(one).length > 0)),
	]);
	await world.kill();
	servers.forEach((server) => server.recover());
	await world.restart();
	const { session } = world;
	const over = [...ids.values()].map(async (id) => (await finished(session, id)) as Execution);
	const status = (await Promise.all(over)).map((execution) => execution.status);
	const retries = new Map(
		[...ids].map(([name, id]) => [name, retryExecution(session, id) as Promise<Execution>]),
	);
	// The tests that await a retry report its failure.
	for (const retry of retries.values()) void retry.catch(() => undefined);
	return { lost, unsent, status, retries };
}

/** One post on each server, with a key of the user and without one. */
async function postings(world: World, servers: PostServer[], name: string): Promise<Posting[]> {
	const made = servers.flatMap((server) =>
		[true, false].map(async (keyed) => {
			const named = `${name}-${keyed ? 'keyed' : 'plain'}`;
			return await postingOf(world, server, { name: named, shape: 'items', posts: 1, keyed });
		}),
	);
	return await Promise.all(made);
}

/** Starts them while no server answers, and waits until each has sent its publishing request. */
async function startAll(
	servers: PostServer[],
	all: Posting[],
	silent: 'before' | 'after',
	isThere: (one: Posting) => Promise<boolean>,
) {
	servers.forEach((server) => server.silent(silent));
	const starting = all.map(async (one) => {
		const id = await one.flow.start({ texts: one.texts });
		await until(async () => await isThere(one), { seconds: 60, what: one.name });
		return [one.name, id] as const;
	});
	return await Promise.all(starting);
}

/** The posts with one text and the requests for them; `named` if the run names the only post. */
export async function single(one: Posting, execution: Execution) {
	const posts = await out(one);
	const [{ id, url, status }] = partsOf(execution, one.node);
	return {
		...{ posts: posts.length, requests: requestsOf(one).length, status },
		named: id === posts[0]?.id && String(url).startsWith('http'),
	};
}
