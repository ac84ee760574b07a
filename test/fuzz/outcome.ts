import { UserError } from 'n8n-workflow';

import { Refused } from '@/nodes/shared/errors/failure';

/** What a step gives, or undefined where it refuses in our own words; any other error is a fault. */
export async function outcomeOf<T>(step: () => T): Promise<Awaited<T> | undefined> {
	try {
		return await step();
	} catch (error) {
		if (error instanceof Refused || error instanceof UserError) return undefined;
		throw error;
	}
}
