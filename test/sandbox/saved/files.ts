import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { version } from '@/package.json';
import type { Done } from './around';
import type { NodeParameters } from './parameters';
import type { SavedWorkflow } from './workflow';

const VERSION = '0.1.0';
/** The folder of that version. */
const FOLDER = join(__dirname, VERSION);

export const PARAMETERS = 'parameters.json';

function read<Content>(name: string): Content {
	return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Content;
}

/** The files cannot be made again with a later version. */
export function write(name: string, content: unknown): void {
	if (version !== VERSION)
		throw new Error(`${name} is what ${VERSION} did, and this is ${version}`);
	writeFileSync(join(FOLDER, name), `${JSON.stringify(content, null, '\t')}\n`);
}

export const savedParameters = () => read<Record<string, NodeParameters>>(PARAMETERS);
export const savedWorkflow = (node: string) => read<SavedWorkflow>(`${node}.json`);
export const hasRequests = (node: string) => existsSync(join(FOLDER, `${node}.requests.json`));
export const savedRequests = (node: string) => read<Record<string, Done>>(`${node}.requests.json`);
