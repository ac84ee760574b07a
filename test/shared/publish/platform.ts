import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import nock from 'nock';

import type { Platform } from '@/nodes/shared/contract/platform';
import type { ReadBack } from '@/nodes/shared/contract/readBack';
import { run } from '@/nodes/shared/run';
import { testNode, type RunChange, type TestNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

/**
 * How the server treats a request: it answers, or cuts the connection before or after the effect,
 * or never answers. A function is called when the request arrives and may delay the answer, as
 * `first` may.
 */
export type Plan =
	| 'good'
	| 'cut-before'
	| 'cut-after'
	| 'hang'
	| { status: number; body?: object; headers?: Record<string, string>; first?: () => unknown }
	| (() => unknown);

interface Posted {
	id: string;
	text: string;
	at: number;
}

/** The server of the sample platform; it lists its posts. */
class Server {
	/** Requests as they arrived. */
	readonly asked: string[] = [];
	readonly posts: Posted[] = [];
	url = '';
	private readonly plans = new Map<string, Plan[]>();
	private readonly server = createServer((request, response) => void this.meet(request, response));

	async start() {
		await new Promise<void>((ready) => void this.server.listen(0, '127.0.0.1', ready));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop() {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}

	/** Sets how the next requests of this method and path are treated. */
	next(request: string, ...plans: Plan[]) {
		this.plans.set(request, [...(this.plans.get(request) ?? []), ...plans]);
	}

	/** Treats all further requests normally. */
	clear() {
		this.plans.clear();
	}

	count(request: string) {
		return this.asked.filter((one) => one === request).length;
	}

	private async meet(request: IncomingMessage, response: ServerResponse) {
		const name = `${request.method} ${request.url?.split('?')[0]}`;
		const body = await bodyOf(request).catch(() => undefined);
		if (body === undefined) return;
		this.asked.push(name);
		const plan = this.plans.get(name)?.shift() ?? 'good';
		if (plan === 'cut-before') return void request.socket.destroy();
		if (plan === 'hang') return;
		if (typeof plan === 'function') await plan();
		const isRefused = typeof plan === 'object';
		if (isRefused) await plan.first?.();
		const good = isRefused ? (plan.body ?? {}) : this.answer(name, body);
		if (plan === 'cut-after') return void request.socket.destroy();
		const date = new Date(Date.now()).toUTCString();
		const headers = { date, 'content-type': 'application/json', ...(isRefused && plan.headers) };
		response.writeHead(isRefused ? plan.status : 200, headers).end(JSON.stringify(good));
	}

	private answer(name: string, body: string): object {
		if (name === 'GET /posts') return { posts: [...this.posts].reverse() };
		if (name !== 'POST /posts') return {};
		const { text } = JSON.parse(body) as Posted;
		const post = { id: String(this.posts.length + 1), text, at: Date.now() };
		this.posts.push(post);
		return post;
	}
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of request) pieces.push(piece as Buffer);
	return Buffer.concat(pieces).toString();
}

/** The sample platform's read-back, which reads its list. */
export const readBack: ReadBack = {
	commitsWithin: 1000,
	looks: { every: 100, atMost: 300 },
	sought: (_api, { text }) => ({ text, media: [] }),
	newest: async (api) => {
		const { posts } = await api.send<{ posts: Posted[] }>({ path: '/posts' });
		return {
			posts: posts.map(({ id, text, at }) => ({
				...{ id, at, text: [text] },
				published: async () => ({ id }),
			})),
		};
	},
};

export let server: Server;

/** Gives each test its own server. */
export function useServer() {
	// Tests in another file may have disabled network connections.
	beforeAll(() => nock.restore());
	beforeEach(async () => {
		server = new Server();
		await server.start();
	});
	afterEach(async () => await server.stop());
}

export const platformOf = (change: Partial<Platform> = {}) =>
	samplePlatform({ readBack, explain: explained, ...change });

const explained: Platform['explain'] = ({ body }) => {
	const { message } = (body ?? {}) as { message?: string };
	return message ? { message } : undefined;
};

/** A node on the sample platform. */
export function sampleNode(
	parameters: IDataObject = {},
	change: Partial<Platform> = {},
	type: INodeType = nodeOf(platformOf(change)),
	{ continueOnFail = true } = {},
): TestNode {
	return testNode({
		type,
		parameters: {
			resource: 'post',
			operation: 'publish',
			text: '={{ $json.text }}',
			...parameters,
		},
		credentials: [
			{
				type: sampleCredential,
				data: { base: server.url, password: 'secret', oauthTokenData: { access_token: 'token' } },
			},
		],
		continueOnFail,
	});
}

/** A node in a process that can be restarted, so that only n8n's own data remains. */
export function restartable(parameters: IDataObject = {}, change: Partial<Platform> = {}) {
	const platform = platformOf(change);
	let current = run;
	const type: INodeType = {
		description: nodeOf(platform).description,
		async execute() {
			return await current(this, platform);
		},
	};
	const restart = async () =>
		await jest.isolateModulesAsync(async () => {
			current = (await import('@/nodes/shared/run')).run;
		});
	return { node: sampleNode(parameters, change, type), restart };
}

export const items = (...texts: string[]): INodeExecutionData[] =>
	texts.map((text) => ({ json: { text, key: `key of ${text}` } }));

/** Returns the status and id of each item's result, or the code of its failure. */
export async function outcomes(node: TestNode, given: INodeExecutionData[], change?: RunChange) {
	const [output] = await node.run(given, change);
	return output.map(({ json: { status, id, error } }) =>
		[(error as IDataObject | undefined)?.code ?? status, id].filter(Boolean).join(' '),
	);
}
