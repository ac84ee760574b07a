import { basename } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { n8n } from '@/package.json';
import { nodeType } from '@/test/support/pack';

/** All nodes of the pack by name. */
export const nodeTypes: Record<string, INodeType> = Object.fromEntries(
	n8n.nodes.map((file) => {
		const type = nodeType(basename(file, '.node.js'));
		return [type.description.name, type];
	}),
);
