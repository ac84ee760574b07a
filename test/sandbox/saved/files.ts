import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { NodeParameters } from './parameters';
import type { SavedWorkflow } from './workflow';

/** What version 0.1.0 left behind. */
const FOLDER = join(__dirname, '0.1.0');

export const PARAMETERS = 'parameters.json';

export function read<Content>(name: string): Content {
	return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Content;
}

export function write(name: string, content: unknown): void {
	writeFileSync(join(FOLDER, name), `${JSON.stringify(content, null, '\t')}\n`);
}

export const savedParameters = () => read<Record<string, NodeParameters>>(PARAMETERS);
export const savedWorkflow = (node: string) => read<SavedWorkflow>(`${node}.json`);
