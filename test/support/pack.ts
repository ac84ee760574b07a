import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

const ROOT = join(__dirname, '../..');
/** The worked example lies as the pack does. */
const EXAMPLE = 'examples/platform/';

/** The node of this name, found as n8n finds it: files and classes are named after the type. */
export function nodeType(name: string): INodeType {
	const own = capital(name);
	return made<INodeType>(`nodes/${own}/${own}.node`, own);
}

export function credentialType(name: string): ICredentialType {
	const own = capital(name);
	return made<ICredentialType>(`credentials/${own}.credentials`, own);
}

function made<Type>(file: string, name: string): Type {
	const place = existsSync(join(ROOT, `${file}.ts`)) ? '' : EXAMPLE;
	const all = jest.requireActual<Record<string, new () => Type>>(`@/${place}${file}`);
	return new all[name]();
}

function capital(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}
