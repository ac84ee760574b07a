import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { runN8n } from '../../scripts/local/n8n.mjs';

/** A decrypted credential as n8n's own export writes it. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: IDataObject & { oauthTokenData?: IDataObject };
}

type Setup = Parameters<typeof runN8n>[0];

export async function exportCredentials(setup: Setup, folder: string): Promise<StoredCredential[]> {
	const file = join(folder, 'exported.json');
	await runN8n(setup, ['export:credentials', '--all', '--decrypted', `--output=${file}`]);
	const all = JSON.parse(await readFile(file, 'utf8')) as StoredCredential[];
	await rm(file);
	return all;
}

export async function importCredentials(setup: Setup, folder: string, all: StoredCredential[]) {
	const file = join(folder, 'imported.json');
	await writeFile(file, JSON.stringify(all));
	await runN8n(setup, ['import:credentials', `--input=${file}`]);
	await rm(file);
}
