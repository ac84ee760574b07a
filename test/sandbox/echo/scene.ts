import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';

import { CrosspostTrigger } from '@/nodes/CrosspostTrigger/CrosspostTrigger.node';
import { binaryItem } from '@/test/support/binaries';
import { records } from '@/test/platforms/asked';
import { credentialType, nodeType } from '@/test/support/pack';
import { secretsIn } from '@/test/support/node';
import { testNode, type TestNode } from '@/test/support/n8n';
import { startSandbox, type Sandbox } from '..';
import { hostileProxy, type Hostile } from './proxy';
import * as from from './ways';
import type { Stage, Way } from './ways';

/** The task of a node. */
export type Task = 'publish' | 'list' | 'get' | 'disconnect' | 'poll' | 'pick';

export interface Scenario {
	way: Way;
	task: Task;
	stage: Stage;
	/** Uses On Error: Continue, so that the failure is in an item. */
	continues: boolean;
	/** Number of requests before the platform turns hostile. */
	passes: number;
	answer: (secrets: readonly string[]) => Hostile;
	/** Parameters of the node that replace those of the usual post. */
	parameters?: IDataObject;
}

type Server = Pick<Sandbox<unknown>, 'url' | 'secrets' | 'issueToken' | 'stop'> & {
	state?: unknown;
};

async function serverFor({ platform: { id } }: Way): Promise<Server> {
	const { start } = records[id].echo;
	if (start) return await start();
	const options = { client: from.CLIENT, rateLimits: false, polls: 0 };
	return await startSandbox(id as 'x', options as object);
}

/** A platform with a proxy in front of it that can turn hostile. */
export async function sceneOf(way: Way) {
	const server = await serverFor(way);
	const tokens = () => (from.hasTail(way) ? server.secrets() : []);
	const proxy = await hostileProxy({ target: server.url, tokens });
	const { files, parameters } = from.postOf(way);
	const target = from.targetOf(way, server as Sandbox<unknown>);
	const item = await binaryItem(files);

	const nodeFor = ({ task, stage, continues, parameters: own }: Scenario) => {
		const issue = server.issueToken as Sandbox<unknown>['issueToken'];
		const data = from.credentialFor(way, proxy.url, issue, stage) as ICredentialDataDecryptedObject;
		const isPoll = task === 'poll';
		return testNode({
			type: isPoll ? new CrosspostTrigger() : nodeType(way.platform.id),
			parameters: isPoll
				? watching(way)
				: { ...target, ...parameters, ...asked(task, way), ...own },
			credentials: [{ type: credentialType(way.facts.type), data }],
			continueOnFail: continues,
		});
	};
	/** Only parts of a pasted value such as an address are secret. */
	const heldIn = (data: IDataObject) =>
		records[way.platform.id].account?.pasted
			? server.secrets().filter((one) => JSON.stringify(data).includes(one))
			: secretsIn(data);
	/** Everything secret that the platform and n8n gave out. */
	const given = () => [...proxy.known(server.secrets()), ...proxy.signatures];

	return {
		stop: async () => await Promise.all([proxy.stop(), server.stop()]),
		/** Runs a scenario; returns its output and all secrets that it could have leaked. */
		play: async (scenario: Scenario) => {
			const node = nodeFor(scenario);
			const [stored] = Object.values(node.stored);
			const known = heldIn(stored);
			const earlier = new Set(given());
			const secrets = () => {
				const newer = given().filter((one) => !earlier.has(one));
				return [...new Set([...known, ...newer, ...heldIn(Object.values(node.stored)[0])])];
			};
			proxy.after(scenario.passes, () => scenario.answer(secrets()));
			const heard = listen();
			const outcome = await told(node, scenario, item).finally(heard.end);
			const { staticData, processed } = node;
			const left = [node.execution().resultData, node.execution().executionData?.contextData];
			return {
				served: proxy.served(),
				outcome,
				secrets: secrets(),
				seen: [outcome, heard.all, staticData, processed, left],
			};
		},
	};
}

async function told(
	node: TestNode,
	{ task, continues }: Scenario,
	item: Awaited<ReturnType<typeof binaryItem>>,
) {
	try {
		if (task === 'poll') return await node.poll(continues ? 'trigger' : 'manual');
		if (task !== 'publish') return await node.run();
		const { json } = item;
		return [await node.run([{ ...item, json: { ...json } }])];
	} catch (error) {
		return { thrown: error as unknown };
	}
}

function asked(task: Task, { platform, facts }: Way): IDataObject {
	const choice = platform.credentials.length > 1 ? { authentication: facts.choice } : {};
	const list = { resource: 'post', operation: 'getAll', returnAll: false, limit: 5 };
	const tasks: Partial<Record<Task, IDataObject>> = {
		publish: { resource: 'post', operation: 'publish' },
		list,
		get: { resource: 'account', operation: 'get' },
		disconnect: { resource: 'account', operation: 'disconnect' },
	};
	return { ...choice, ...tasks[task] };
}

function watching({ platform: { id, credentials }, facts }: Way): IDataObject {
	return {
		platforms: [id],
		events: ['token.expiring', 'token.refreshed', 'token.revoked', 'scope.missing'],
		...(credentials.length > 1 && { [`${id}Authentication`]: facts.choice }),
	};
}

/** Records the console and n8n's log. */
function listen() {
	const all: unknown[] = [];
	const names = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
	const hear = (...heard: unknown[]) => void all.push(heard);
	const spies = names.map((name) => jest.spyOn(console, name).mockImplementation(hear));
	const log = { error: hear, warn: hear, info: hear, debug: hear };
	LoggerProxy.init(log as never);
	return { all, end: () => spies.forEach((spy) => spy.mockRestore()) };
}
