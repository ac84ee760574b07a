import { createHash } from 'node:crypto';
import type {
	DeduplicationItemTypes,
	ICheckProcessedOptions,
	IDataDeduplicator,
	Workflow,
} from 'n8n-workflow';

/**
 * n8n's store of processed data as n8n 2.41 implements it: hashes in order of arrival, read and
 * written as a whole, so that parallel calls lose each other's entries.
 */
export interface ProcessedData {
	/** Number of entries. */
	size(): number;
	/** Makes the store fail from now on. */
	breakDown(): void;
	/** Number of calls, and the most at once. */
	readonly calls: { count: number; atOnce: number };
	/** For the test kit: sets the workflow of a run. */
	belongTo(workflow: Workflow): void;
}

interface Row {
	hashes: string[];
	isBroken: boolean;
	underWay: number;
	calls: { count: number; atOnce: number };
}

const rows = new WeakMap<Workflow, Row>();

export function processedData(): ProcessedData {
	const row: Row = {
		...{ hashes: [], isBroken: false, underWay: 0 },
		calls: { count: 0, atOnce: 0 },
	};
	return {
		size: () => row.hashes.length,
		breakDown: () => void (row.isBroken = true),
		calls: row.calls,
		belongTo: (workflow) => void rows.set(workflow, row),
	};
}

export const deduplicator: IDataDeduplicator = {
	checkProcessedAndRecord: async (items, _scope, { workflow }, options) =>
		await change(rowOf(workflow), (hashes) => record(hashes, items, options)),
	removeProcessed: async (items, _scope, { workflow }) =>
		await change(rowOf(workflow), (hashes) => {
			for (const item of items) {
				const at = hashes.indexOf(hashOf(item));
				if (at >= 0) hashes.splice(at, 1);
			}
		}),
	clearAllProcessedItems: async (_scope, { workflow }) => void (rowOf(workflow).hashes = []),
	getProcessedDataCount: async (_scope, { workflow }) => rowOf(workflow).hashes.length,
};

function rowOf(workflow: unknown): Row {
	return rows.get(workflow as Workflow) as Row;
}

async function change<T>(row: Row, step: (hashes: string[]) => T): Promise<T> {
	row.calls.count++;
	row.calls.atOnce = Math.max(row.calls.atOnce, ++row.underWay);
	const hashes = [...row.hashes];
	await new Promise((done) => setTimeout(done, 1));
	row.underWay--;
	if (row.isBroken) throw new Error('UNIQUE constraint failed: processed_data.workflowId');
	const result = step(hashes);
	row.hashes = hashes;
	return result;
}

function record(
	hashes: string[],
	items: DeduplicationItemTypes[],
	{ maxEntries }: ICheckProcessedOptions,
) {
	const before = new Set(hashes);
	const isProcessed = (item: DeduplicationItemTypes) => before.has(hashOf(item));
	hashes.push(...items.filter((item) => !isProcessed(item)).map(hashOf));
	if (maxEntries) hashes.splice(0, hashes.length - maxEntries);
	return {
		new: items.filter((item) => !isProcessed(item)),
		processed: items.filter(isProcessed),
	};
}

function hashOf(item: DeduplicationItemTypes) {
	return createHash('md5').update(item.toString()).digest('base64');
}
