import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Sandbox, SandboxName, SandboxOptions } from '..';
import { eachSandbox, type Files, type Started } from '../nodes/kit';
import type { Platform } from '@/nodes/shared/contract/platform';
import { binaryItem } from '@/test/support/binaries';
import type { RunChange, TestNode } from '@/test/support/n8n';

/** A way to publish on a platform that the contract is asked of. */
export interface Subject {
	readonly name: string;
	readonly platform: Platform;
	/** To be called in a `describe`: each test has a platform of its own. */
	use(): void;
	sandbox(): Sandbox<unknown>;
	/** A node that is connected to the sandbox and goes on when it fails. */
	node(parameters: IDataObject): TestNode;
	/** What a post has besides its text. */
	readonly parameters?: IDataObject;
	readonly files?: Files;
	/** What the account has published, the oldest first. */
	posts(): ReadonlyArray<{ id: string }>;
	/** The sandbox's name for the publishing request, and how many of its calls come before. */
	readonly publish: { readonly operation: string; readonly before?: number };
	/** The sandbox's names for what the post is looked for by. */
	readonly looks: readonly string[];
	/**
	 * What a post may be told as whose answer was lost while no list can be read: where the platform
	 * recognizes a request that is sent again, or says of the request itself that it worked.
	 */
	readonly unlisted?: readonly string[];
	/**
	 * Codes of refusals that the vendor tells by a status alone. They stand for themselves once the
	 * platform has said that nothing came of the request.
	 */
	readonly toldByStatus?: readonly string[];
	/** Nothing tells of a post whose answer was lost: then its outcome stays open. */
	readonly blind?: true;
	/** A second post with the same words is refused. */
	readonly refusesTwins?: true;
}

/** A sandbox for each test, for a subject without a set-up of its own. */
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

/** A node whose items are posts of that kind. */
export function nodeFor(subject: Subject, options: IDataObject = {}): TestNode {
	const { options: own, ...parameters } = (subject.parameters ?? {}) as { options?: IDataObject };
	const { rateLimitWait } = OPTIONS;
	const all = { rateLimitWait, ...own, ...options };
	return subject.node({ text: '={{ $json.text }}', ...parameters, options: all });
}

/** The same, with a key of the user's in each item. */
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

/** What a run makes of each item: a result, or the code of the failure in its `status`. */
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

/** Lets the next publishing requests meet these faults. */
export function spoil({ sandbox, publish }: Subject, ...faults: Fault[]) {
	const { operation, before = 0 } = publish;
	const pass = Array.from({ length: before }, () => ({ kind: 'none' }));
	for (const fault of faults) sandbox().faults.next(operation, ...pass, fault);
}

type Fault = Parameters<Sandbox<unknown>['faults']['next']>[1];
