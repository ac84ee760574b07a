import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Platform } from '../contract/platform';
import type { Prepared } from './job';
import { preflight } from './preflight';
import { readState } from './state';

/** A job that goes on where an earlier one stopped; the binaries it needs must be in the item. */
export async function prepareResume(
	fn: IExecuteFunctions,
	platform: Platform,
	item: number,
	given: unknown,
): Promise<Prepared> {
	const { rest, published: done, target, pending, ...state } = readState(platform, given);
	const [first, ...thread] = rest;
	// The text was split before; splitting it again could cut elsewhere.
	const options: IDataObject = { ...state.options, longText: 'refuse' };
	const input = { ...first, thread, options, ...(target && { target }) };
	const waiting = pending && { pending, media: async () => ({ media: [], lost: [] }) };
	return await preflight({ fn, platform, item, input, done, ...waiting });
}
