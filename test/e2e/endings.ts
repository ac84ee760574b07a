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

/** How long a server takes for a post. */
export const SLOWNESS_MS = 1000;
/** The time of so many posts shows that none is to come any more. */
const QUIET_MS = 3 * SLOWNESS_MS;
const POSTS = 6;

/** One post an item, or one item with a thread. */
export type Shape = 'items' | 'thread';

/** A workflow that is to publish these texts. */
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
	/** Six, if not told. */
	posts?: number;
	/** With an Idempotency Key. */
	keyed?: boolean;
	/** The workflow's own, such as its time-out. */
	settings?: IDataObject;
}

/** What became of a run that was ended from outside. */
interface Ended {
	id: string;
	/** Posts that are out. */
	sent: number;
	/** Publishing requests that came after the end. */
	late: number;
}

/** An item for each text that the webhook got. */
export const splitOut: NodeSetup = {
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'body.texts', options: { destinationFieldName: 'text' } },
};

/** The nodes behind a trigger that publish what it gives. */
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

/** Saved anew under the same name it is the same workflow. */
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

/** What a workflow publishes whose node with this number, from 1, tells of the posts. */
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

/** Takes a step with each beside the others; what came of it by name. */
export async function together<T>(
	all: Posting[],
	step: (one: Posting) => Promise<T>,
): Promise<Record<string, T>> {
	const found = all.map(async (one) => [one.name, await step(one)] as const);
	return Object.fromEntries(await Promise.all(found));
}

/** The same expected of each. */
export function ofEach<T>(all: Posting[], expected: T): Record<string, T> {
	return Object.fromEntries(all.map(({ name }) => [name, expected]));
}

/** Of the posting's own posts those that are out. */
export async function out({ server, texts }: Posting) {
	return (await server.posts()).filter(({ text }) => texts.includes(text));
}

export function requestsOf({ server, texts }: Posting) {
	return server.requests().filter(({ text }) => texts.includes(text));
}

/** Starts it and stops it once the second post is out. */
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

/** Waits for the end, and then long enough to see that nothing comes after it. */
async function ended(session: World['session'], posting: Posting, id: string, at?: number) {
	const { stoppedAt } = await finished(session, id);
	const end = at ?? Date.parse(String(stoppedAt));
	await sleep(QUIET_MS);
	const late = requestsOf(posting).filter((request) => request.at > end);
	return { id, sent: (await out(posting)).length, late: late.length };
}

/**
 * n8n's Retry. A time-out of the workflow holds for it too, and then its end is told as an error of
 * the request.
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

/** Every text is out once, and what the run says of each is the post of that text. */
export const ONCE = { posts: POSTS, different: POSTS, recognized: true };

/**
 * What is out after the run that was to complete the posting; `recognized` if it names the posts, and
 * those that were out before it as published already.
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

/** What a run says of each post, also of those of a thread. */
export function partsOf(execution: Execution, node: string): IDataObject[] {
	const items = outputOf(execution, node) as Array<{ json: IDataObject }>;
	return items.flatMap(({ json }) => (json.thread as IDataObject[] | undefined) ?? [json]);
}

/** Two posts, or three where one was on its way. */
export function twoOrThree(sent: number) {
	return sent === 2 || sent === 3 ? 'two or three' : sent;
}

function someOf(sent: number) {
	return sent > 0 && sent < POSTS ? 'some' : sent;
}

/**
 * Has them ended, retried by n8n, and run once more with the same keys, by then without a time-out.
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
