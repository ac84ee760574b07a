import 'reflect-metadata';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';

const folders: string[] = [];
afterAll(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Uses n8n's filesystem binary store in a folder that is deleted after the calling test file. */
export async function useBinaryStore(): Promise<void> {
	const config = Container.get(BinaryDataConfig);
	config.mode = 'filesystem';
	config.localStoragePath = mkdtempSync(join(tmpdir(), 'crosspost-binary-'));
	folders.push(config.localStoragePath);
	await Container.get(BinaryDataService).init();
}

/** A binary item as n8n stores it: in the store if it is used, otherwise in memory. */
export async function binaryItem(
	files: Record<string, { data: Buffer; fileName: string; mimeType: string }>,
): Promise<INodeExecutionData> {
	const service = Container.get(BinaryDataService);
	const binary: INodeExecutionData['binary'] = {};
	for (const [name, { data, fileName, mimeType }] of Object.entries(files)) {
		binary[name] = await service.store(
			{ type: 'execution', workflowId: 'workflow', executionId: 'execution' },
			data,
			{ data: '', mimeType, fileName },
		);
	}
	return { json: {}, binary };
}
