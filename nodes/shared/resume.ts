import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { refuse } from './failure';
import type { Platform, Published } from './platform';
import type { PartInput } from './post';
import { prepare, type Prepared } from './prepare';
import type { ResumeState } from './publish/result';

/** A job that goes on where an earlier one stopped; the binaries it needs must be in the item. */
export async function prepareResume(
	fn: IExecuteFunctions,
	platform: Platform,
	item: number,
	given: unknown,
): Promise<Prepared> {
	const state = stateOf(platform, given);
	const [first, ...thread] = state.rest as unknown as PartInput[];
	// The text was split before; splitting it again could cut elsewhere.
	const options: IDataObject = { ...state.options, longText: 'refuse' };
	const { target } = state;
	const input = { ...first, thread, options, ...(target && { target }) };
	const done = state.published as unknown as Published[];
	const rest = state.pending && {
		pending: state.pending,
		media: async () => ({ media: [], lost: [] }),
	};
	return await prepare({ fn, platform, item, input, done, ...rest });
}

function stateOf(platform: Platform, given: unknown): ResumeState {
	const state = (typeof given === 'string' ? parse(given) : given) as ResumeState | undefined;
	if (state?.platform === platform.id && Array.isArray(state.rest) && state.rest.length > 0) {
		return state;
	}
	return refuse({
		code: 'validation_failed',
		platform: platform.id,
		rule: `${platform.id}.resume.state`,
		message: `Resume State is not the "resume" object of an earlier ${platform.name} result`,
		remediation: 'Map json.resume of the earlier result, or json.error.resume of the failure.',
	});
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
