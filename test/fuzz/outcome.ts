import { UserError } from 'n8n-workflow';

import { Refused } from '@/nodes/shared/errors/failure';

/**
 * Returns the result of a step, or undefined if it fails with one of our own messages; any other
 * error is a bug.
 */
export async function outcomeOf<T>(step: () => T): Promise<Awaited<T> | undefined> {
	try {
		return await step();
	} catch (error) {
		if (error instanceof Refused || error instanceof UserError) return undefined;
		throw error;
	}
}
