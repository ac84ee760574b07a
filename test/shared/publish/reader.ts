import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Platform } from '@/nodes/shared/contract/platform';
import { newestVersion } from '@/nodes/shared/editor/versions';
import { chosen } from '@/test/support/chosen';
import { testNode, type TestNodeSetup } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

/**
 * The platform with all its fields and rules, but without requests; `sent` has the posts that it
 * would publish.
 */
function offline(platform: Platform) {
	const sent: unknown[] = [];
	const quiet: Platform = {
		...platform,
		credentials: samplePlatform().credentials,
		whoami: async () => ({ id: '1', name: 'alice' }),
		limitsOf: undefined,
		limitsAnew: undefined,
		publish: async (_api, post) => {
			sent.push(post);
			return { id: String(sent.length) };
		},
		resume: async (_api, state) => {
			sent.push(state);
			return { id: String(sent.length) };
		},
	};
	return { platform: quiet, sent };
}

/** Publishes a post with these fields on a platform; returns the result and the sent posts. */
export async function posted(
	given: Platform,
	parameters: IDataObject,
	item: INodeExecutionData = { json: {} },
	more: Pick<TestNodeSetup, 'filesInJson' | 'typeVersion'> = {},
) {
	const { platform, sent } = offline(given);
	const node = testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'publish', ...withChoices(given, parameters) },
		credentials: [
			{
				type: sampleCredential,
				data: { password: 'secret', oauthTokenData: { access_token: 'token' } },
			},
		],
		continueOnFail: true,
		typeVersion: newestVersion,
		...more,
	});
	const [[output]] = await node.run([item]);
	const { error, ...result } = output.json;
	const failed = error as IDataObject | undefined;
	const problems = (failed?.problems ?? result.problems ?? []) as IDataObject[];
	return {
		sent: sent as IDataObject[],
		code: failed?.code,
		rules: problems.map(({ rule }) => String(rule).replace(`${given.id}.`, '')),
		messages: problems.map(({ message }) => String(message)),
		message: failed?.message,
		failed,
		warnings: (result.warnings ?? []) as string[],
		output,
	};
}

/** Adds the parameters that a platform requires, unless the test sets them. */
function withChoices(platform: Platform, { target, options, ...parameters }: IDataObject) {
	const place = platform.target && { __rl: true, mode: 'id', value: '1234567890' };
	const all =
		options === undefined || (typeof options === 'object' && options !== null)
			? { ...chosen(platform), ...(options as IDataObject) }
			: options;
	return {
		...parameters,
		...((target ?? place) !== undefined && { target: target ?? place }),
		options: all,
	};
}
