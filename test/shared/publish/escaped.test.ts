import { platforms } from '@/nodes/platforms';
import type { Api, Request } from '@/nodes/shared/contract/api';
import { records } from '@/test/platforms';

/** A value that leaves its place in a URL unless it is escaped. */
const OUT = '../me?x=';

it.each(platforms.map((platform) => [platform.id, platform] as const))(
	'IDs out of a Resume State cannot lead %s elsewhere',
	async (id, platform) => {
		const paths: string[] = [];
		const body = { id: OUT, status: 'FINISHED', status_code: 'FINISHED', data: { id: '1' } };
		const note = async ({ path }: Request) => (paths.push(path), body);
		const api = {
			credential: { graphVersion: 'v26.0', ...records[id].contract.credential },
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
		await platform.resume?.(api, records[id].contract.state(OUT)).catch(() => undefined);
		expect(paths).not.toEqual([]);
		expect(paths.filter((path) => path.includes(OUT))).toEqual([]);
	},
);
