import type { IDataObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import {
	finished,
	outputOf,
	retryExecution,
	stopExecution,
} from '../../scripts/local/n8nClient.mjs';
import { until } from '../../scripts/local/processes.mjs';
import type { Execution, Flow, NodeSetup } from './flow';
import type { PostServer } from './servers';
import type { World } from './world';

/** Time that a server needs for one post. */
export const SLOWNESS_MS = 1000;
/** Time without a request after which no further one comes: that of three posts. */
const QUIET_MS = 3 * SLOWNESS_MS;
const POSTS = 6;

/** One item for each post, or one item with a thread. */
export type Shape = 'items' | 'thread';

/** A workflow that publishes these texts. */
export interface Posting {
	name: string;
	server: PostServer;
	texts: string[];
	/** The node that publishes. */
	node: string;
	flow: Flow;
}

export interface PostingSetup {
	name: string;
	shape: Shape;
	/** Six by default. */
	posts?: number;
	/** With an Idempotency Key. */
	keyed?: boolean;
	/** Settings of the workflow, such as its time-out. */
	settings?: IDataObject;
}

/** The result of a run that was ended from outside. */
interface Ended {
	id: string;
	/** Published posts. */
	sent: number;
	/** Publishing requests after the end. */
	late: number;
}

/** Makes an item of each text that the webhook received. */
export const splitOut: NodeSetup = {
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'body.texts', options: { destinationFieldName: 'text' } },
};

/** The nodes after a trigger that publish its texts. */
export function nodesFor({ platform, settings }: PostServer, { shape, ...setup }: PostingSetup) {
	const { posts = POSTS, keyed = false } = setup;
	const thread = {
		post: textsOf(posts)
			.map((text) => ({ text }))
			.slice(1),
	};
	const text = shape === 'items' ? '={{ $json.text }}' : textsOf(1)[0];
	const node: NodeSetup = {
		type: `n8n-nodes-crosspost.${platform}`,
		parameters: {
			text,
			...(shape === 'thread' && { thread }),
			options: { ...(keyed && { idempotencyKey: text }) },
		},
		settings,
	};
	return shape === 'items' ? [splitOut, node] : [node];
}

function textsOf(posts: number) {
	return Array.from({ length: posts }, (_one, index) => `={{ $json.body.texts[${index}] }}`);
}

/** Saves a workflow that publishes; the same name replaces the workflow. */
export async function postingOf(
	world: World,
	server: PostServer,
	setup: PostingSetup,
): Promise<Posting> {
	const name = `${setup.name}-${server.platform}-${setup.shape}`;
	const nodes = nodesFor(server, setup);
	const flow = await world.flow(name, nodes, setup.settings);
	return postingBy(flow, name, server, nodes.length, setup.posts);
}

/** Describes the posts of a workflow; the node with this number, from 1, returns the results. */
export function postingBy(
	flow: Flow,
	name: string,
	server: PostServer,
	node: number,
	posts = POSTS,
): Posting {
	const texts = Array.from({ length: posts }, (_one, index) => `${name}, post ${index + 1}`);
	return { name, server, texts, node: `Node ${node}`, flow };
}

/** Runs a step for all postings at the same time; returns the results by name. */
export async function together<T>(
	all: Posting[],
	step: (one: Posting) => Promise<T>,
): Promise<Record<string, T>> {
	const found = all.map(async (one) => [one.name, await step(one)] as const);
	return Object.fromEntries(await Promise.all(found));
}

/** Expects the same of each posting. */
export function ofEach<T>(all: Posting[], expected: T): Record<string, T> {
	return Object.fromEntries(all.map(({ name }) => [name, expected]));
}

/** Returns the published posts of a posting. */
export async function out({ server, texts }: Posting) {
	return (await server.posts()).filter(({ text }) => texts.includes(text));
}

export function requestsOf({ server, texts }: Posting) {
	return server.requests().filter(({ text }) => texts.includes(text));
}

/** Starts it, and stops it once the second post is published. */
export async function stopped({ session }: World, posting: Posting): Promise<Ended> {
	const id = await posting.flow.start({ texts: posting.texts });
	const what = `The second post of ${posting.name}`;
	await until(async () => (await out(posting)).length >= 2, { seconds: 60, every: 50, what });
	await stopExecution(session, id);
	return await ended(session, posting, id, Date.now());
}

/** Starts it and waits until n8n ends it by itself. */
async function timedOut({ session }: World, posting: Posting): Promise<Ended> {
	return await ended(session, posting, await posting.flow.start({ texts: posting.texts }));
}

/** Waits for the end, and long enough after it to see that nothing more is published. */
async function ended(session: World['session'], posting: Posting, id: string, at?: number) {
	const { stoppedAt } = await finished(session, id);
	const end = at ?? Date.parse(String(stoppedAt));
	await sleep(QUIET_MS);
	const late = requestsOf(posting).filter((request) => request.at > end);
	return { id, sent: (await out(posting)).length, late: late.length };
}

/**
 * Calls n8n's Retry. A workflow's time-out applies to it too; n8n then reports the end as an error
 * of the request.
 */
async function retryAtMost({ session }: World, id: string) {
	try {
		await retryExecution(session, id);
	} catch (error) {
		if (!(error instanceof Error && error.message.includes('timed out'))) throw error;
		await sleep(QUIET_MS);
	}
}

/** The same texts in a new execution. */
async function again(posting: Posting, before: number) {
	return await whole(posting, await posting.flow.run({ texts: posting.texts }), before);
}

/** Every text is published once, and the run names the right post for each text. */
export const ONCE = { posts: POSTS, different: POSTS, recognized: true };

/**
 * Returns the posts after the run that completes the posting; `recognized` if the run names all
 * posts and reports the earlier ones as already published.
 */
export async function whole(posting: Posting, execution: Execution, before: number) {
	const posts = await out(posting);
	const told = partsOf(execution, posting.node);
	const ids = posting.texts.map((text) => posts.find((post) => post.text === text)?.id);
	const known = told.filter(({ status }) => status === 'already_published').length;
	return {
		posts: posts.length,
		different: new Set(posts.map(({ text }) => text)).size,
		recognized:
			known === before &&
			told.length === ids.length &&
			told.every(({ id }, index) => id === ids[index]),
	};
}

/** Returns a run's result for each post, including each part of a thread. */
export function partsOf(execution: Execution, node: string): IDataObject[] {
	const items = outputOf(execution, node) as Array<{ json: IDataObject }>;
	return items.flatMap(({ json }) => (json.thread as IDataObject[] | undefined) ?? [json]);
}

/** Two posts, or three if one was being sent. */
export function twoOrThree(sent: number) {
	return sent === 2 || sent === 3 ? 'two or three' : sent;
}

function someOf(sent: number) {
	return sent > 0 && sent < POSTS ? 'some' : sent;
}

/**
 * Ends the postings, has n8n retry them, and runs them again with the same keys and without a
 * time-out.
 */
export async function endedAndRunAgain(
	world: World,
	make: (settings: IDataObject) => Promise<Posting[]>,
	{ executionTimeout = -1 }: { executionTimeout?: number } = {},
) {
	const all = await make({ executionTimeout });
	const end = executionTimeout > 0 ? timedOut : stopped;
	const range = executionTimeout > 0 ? someOf : twoOrThree;
	const first = await together(all, async (posting) => {
		const { id, sent, late } = await end(world, posting);
		await retryAtMost(world, id);
		return { sent: range(sent), late, before: (await out(posting)).length };
	});
	if (executionTimeout > 0) await make({ executionTimeout: -1 });
	return await together(all, async (posting) => {
		const { before, ...seen } = first[posting.name];
		return { ...seen, ...(await again(posting, before)) };
	});
}
