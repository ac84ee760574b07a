import { NodeHelpers, type INodeProperties, type INodeType } from 'n8n-workflow';

import type { Limits } from '@/nodes/shared/contract/limits';
import { optionsOf } from '@/nodes/shared/editor/describe';
import {
	firstVersion,
	fromVersion,
	isOfVersion,
	newestVersion,
	untilVersion,
} from '@/nodes/shared/editor/versions';
import { platforms } from '@/nodes/platforms';
import { run } from '@/nodes/shared/run';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const field: INodeProperties = {
	...{ displayName: 'A', name: 'a', type: 'string', default: '' },
	displayOptions: { show: { resource: ['post'] } },
};

it.each([
	[1, true, false],
	[1.1, false, true],
	[2, false, true],
])('a field until or from 1.1 in a node of version %d', (typeVersion, before, since) => {
	const [old, now] = [untilVersion(1.1, field), fromVersion(1.1, field)];
	expect([isOfVersion(old, typeVersion), isOfVersion(now, typeVersion)]).toEqual([before, since]);
	expect(isOfVersion(field, typeVersion)).toBe(true);
	const shown = [old, now].map((one) =>
		NodeHelpers.displayParameter({ resource: 'post' }, one, { typeVersion }, null),
	);
	expect(shown).toEqual([before, since]);
});

it('each node has all versions, and new ones are of the newest', () => {
	for (const platform of platforms) {
		expect(nodeOf(platform).description).toMatchObject({
			version: [firstVersion, newestVersion],
			defaultVersion: newestVersion,
		});
	}
});

it.each(platforms.map((platform) => [platform.name, platform] as const))(
	'no two options of one version of %s have the same name',
	(_name, platform) => {
		for (const version of [firstVersion, newestVersion]) {
			const names = optionsOf(platform, version).map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
		}
	},
);

it('n8n runs a node of a later version in an older pack, without what that pack does not know', async () => {
	const limits: Limits = { text: { max: 500, unit: 'codePoints' }, media: {} };
	const older = samplePlatform({ limits });
	const type: INodeType = {
		description: { ...nodeOf(older).description, version: 1, defaultVersion: undefined },
		async execute() {
			return await run(this, older);
		},
	};
	expect(NodeHelpers.getVersionedNodeType(type, newestVersion)).toBe(type);
	const talk = conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
	const options = { scheduledAt: '2100-01-01T00:00:00Z', poll: { poll: { answers: 'a\nb' } } };
	const node = testNode({
		type,
		parameters: { resource: 'post', operation: 'publish', text: 'Hello', options },
		credentials: [
			{
				type: sampleCredential,
				data: { password: 'secret', oauthTokenData: { access_token: 't' } },
			},
		],
		typeVersion: newestVersion,
	});
	await node.run();
	talk.done();
	expect(talk.requests.map(({ body }) => body)).toEqual([{ text: 'Hello' }]);
});
