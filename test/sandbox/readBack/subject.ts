import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Sandbox, SandboxName, SandboxOptions } from '..';
import { eachSandbox, type Files, type Started } from '../nodes/kit';
import type { Platform } from '@/nodes/shared/contract/platform';
import { binaryItem } from '@/test/support/binaries';
import type { RunChange, TestNode } from '@/test/support/n8n';

/** A way to publish on a platform, to which the contract applies. */
export interface Subject {
	readonly name: string;
	readonly platform: Platform;
	/** Call it in a `describe`: it gives each test its own platform. */
	use(): void;
	sandbox(): Sandbox<unknown>;
	/** A node that is connected to the sandbox and continues after errors. */
	node(parameters: IDataObject): TestNode;
	/** Parameters of a post besides its text. */
	readonly parameters?: IDataObject;
	readonly files?: Files;
	/** The account's posts, the oldest first. */
	posts(): ReadonlyArray<{ id: string }>;
	/**
	 * The sandbox's name for the publishing request, and how many calls with this name come before
	 * it.
	 */
	readonly publish: { readonly operation: string; readonly before?: number };
	/** The sandbox's names for the requests that look for the post. */
	readonly looks: readonly string[];
	/**
	 * Possible results for a post whose answer was lost while no list can be read: the platform
	 * recognizes a repeated request, or confirms that a request worked.
	 */
	readonly unlisted?: readonly string[];
	/**
	 * Codes of refusals that the vendor tells only by a status. They are the result once the platform
	 * has shown that the request had no effect.
	 */
	readonly toldByStatus?: readonly string[];
	/** Nothing can find a post whose answer was lost, so its outcome stays unknown. */
	readonly blind?: true;
	/** The platform refuses a second post with the same text. */
	readonly refusesTwins?: true;
}

/** Gives each test a sandbox, for a subject without its own set-up. */
export function served<Name extends SandboxName>(name: Name, options: SandboxOptions<Name>) {
	let sandbox: Started<Name>;
	return {
		use: () =>
			void eachSandbox(
				name,
				(one) => (sandbox = one),
				() => options,
			),
		sandbox: () => sandbox,
	};
}

const OPTIONS = { rateLimitWait: 0, idempotencyKey: '={{ $json.key }}' };

/** A node whose items are posts of this kind. */
export function nodeFor(subject: Subject, options: IDataObject = {}): TestNode {
	const { options: own, ...parameters } = (subject.parameters ?? {}) as { options?: IDataObject };
	const { rateLimitWait } = OPTIONS;
	const all = { rateLimitWait, ...own, ...options };
	return subject.node({ text: '={{ $json.text }}', ...parameters, options: all });
}

/** The same node, with the user's key in each item. */
export const keyedNodeFor = (subject: Subject) => nodeFor(subject, OPTIONS);

export async function itemsOf(
	{ files }: Subject,
	...texts: string[]
): Promise<INodeExecutionData[]> {
	return await Promise.all(
		texts.map(async (text) => ({
			...(files && (await binaryItem(files))),
			json: { text, key: `key of ${text}` },
		})),
	);
}

/** Returns for each item the result, or the code of the failure as `status`. */
export async function resultsOf(
	node: TestNode,
	items: INodeExecutionData[],
	change?: RunChange,
): Promise<Array<{ id?: string; status: string }>> {
	const [output] = await node.run(items, change);
	return output.map(({ json: { id, status, error } }) => {
		const { code } = (error ?? {}) as { code?: string };
		return { ...(id !== undefined && { id: String(id) }), status: String(code ?? status) };
	});
}

/** Causes these faults in the next publishing requests. */
export function spoil({ sandbox, publish }: Subject, ...faults: Fault[]) {
	const { operation, before = 0 } = publish;
	const pass = Array.from({ length: before }, () => ({ kind: 'none' }));
	for (const fault of faults) sandbox().faults.next(operation, ...pass, fault);
}

type Fault = Parameters<Sandbox<unknown>['faults']['next']>[1];
