import { Workflow, type INode, type INodeTypes } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '@/credentials/CrosspostBlueskyApi.credentials';
import { Bluesky } from '@/nodes/Bluesky/Bluesky.node';
import { serviceUrlOf } from '@/nodes/Bluesky/service';

/** Returns the request of n8n's credential test, with its expressions resolved by n8n. */
function tested(serviceUrl: string) {
	const type = new Bluesky();
	const nodeTypes = { getByNameAndVersion: () => type } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [], connections: {}, active: false, nodeTypes });
	const node: INode = {
		id: 'node',
		name: 'Node',
		type: 'bluesky',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const { baseURL } = new CrosspostBlueskyApi().test.request;
	return workflow.expression.getSimpleParameterValue(node, baseURL, 'internal', {
		$credentials: { serviceUrl },
	});
}

it.each([
	['https://bsky.social', 'https://bsky.social'],
	['bsky.social', 'https://bsky.social'],
	[' pds.example.org/ ', 'https://pds.example.org'],
	['HTTPS://Pds.Example.org//', 'HTTPS://Pds.Example.org'],
	['http://localhost:2583', 'http://localhost:2583'],
])('the service typed as "%s" is %s, also in n8n’s test of the credential', (typed, base) => {
	expect(serviceUrlOf(typed)).toBe(base);
	expect(tested(typed)).toBe(base);
});

it.each(['', ' ', 'https://', 'https:/m.s', 'ftp://m.s', '@me@host', 'https://me@host'])(
	'the service typed as "%s" is refused by name and gets no password',
	(typed) => {
		expect(() => serviceUrlOf(typed)).toThrow('The field Service URL of the credential');
		expect(tested(typed)).toBe('https://service-url.invalid');
	},
);
