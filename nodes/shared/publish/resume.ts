import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Platform } from '../contract/platform';
import type { Prepared } from './job';
import { preflight } from './preflight';
import { readState } from './state';

/** Prepares a job from a Resume State; the item must have the binary files it names. */
export async function prepareResume(
	fn: IExecuteFunctions,
	platform: Platform,
	item: number,
	given: unknown,
): Promise<Prepared> {
	const { rest, published: done, target, pending, ...state } = readState(platform, given);
	const [first, ...thread] = rest;
	// The text is already split; splitting it again could cut at other places.
	const options: IDataObject = { ...state.options, longText: 'refuse' };
	const input = { ...first, thread, options, ...(target && { target }) };
	const waiting = pending && { pending, media: async () => ({ media: [], lost: [] }) };
	return await preflight({ fn, platform, item, input, done, ...waiting });
}
