import type { IDataObject } from 'n8n-workflow';

import { platforms } from '@/nodes/platforms';
import type { Api, Request } from '@/nodes/shared/contract/api';

/** Leads out of where it is put, unless it is escaped. */
const OUT = '../me?x=';

/** What each platform's Resume State may hold of IDs. */
const states: Record<string, IDataObject> = {
	bluesky: { repo: OUT, rkey: OUT, record: {}, gates: [], film: { jobId: OUT } },
	facebook: { page: '1234567890', kind: 'video', video: OUT, post: OUT, comment: 'a' },
	instagram: { place: OUT, container: OUT, kind: 'image', caption: '', comment: 'a' },
	linkedIn: { body: { author: 'a' }, waiting: [{ urn: `urn:li:video:${OUT}`, bytes: 1 }] },
	mastodon: { draft: {}, waiting: [OUT] },
	pinterest: { film: OUT, body: { board_id: OUT }, cover: {} },
	threads: { container: OUT, type: 'TEXT', text: '' },
	tikTok: { publishId: OUT, kind: 'video', open: false },
	x: { body: {}, waiting: [{ id: OUT }] },
};

it.each(platforms.map((platform) => [platform.id, platform] as const))(
	'IDs out of a Resume State cannot lead %s elsewhere',
	async (id, platform) => {
		const paths: string[] = [];
		const body = { id: OUT, status: 'FINISHED', status_code: 'FINISHED', data: { id: '1' } };
		const note = async ({ path }: Request) => (paths.push(path), body);
		const api = {
			credential: { login: 'facebookLogin', graphVersion: 'v26.0' },
			token: { access_token: 'a', scope: 'organization' },
			limits: platform.limits,
			attempt: { key: '0'.repeat(32), owner: '1', at: 0, namedAt: 0, checkpoint: {} },
			processingWaitMs: 1,
			send: note,
			publish: note,
			reply: async (request: Request) => ({ status: 200, headers: {}, body: await note(request) }),
			until: async (check: () => Promise<unknown>) => await check(),
			account: async () => ({ id: '1', name: 'alice' }),
			derive: async () => 'page',
			note: () => {},
			warn: () => {},
			tolerate: async (_what: string, step: () => Promise<unknown>) => await step(),
		} as unknown as Api;
		await platform.resume?.(api, states[id]).catch(() => undefined);
		expect(paths).not.toEqual([]);
		expect(paths.filter((path) => path.includes(OUT))).toEqual([]);
	},
);
