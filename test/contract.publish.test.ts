import type { Api, Request } from '../nodes/shared/contract/api';
import type { Reply } from '../nodes/shared/contract/http';
import type { Media } from '../nodes/shared/contract/media';
import type { Platform } from '../nodes/shared/contract/platform';
import type { Post } from '../nodes/shared/contract/post';
import { platforms, records } from './platforms/asked';
import { chosen } from './support/chosen';

type Sent = Pick<Request, 'method' | 'path' | 'repeatable'> & { publishing?: true; extra?: true };

/** An `Api` whose answers work for every platform, and its requests. */
function recorder(platform: Platform) {
	const sent: Sent[] = [];
	const body = records[platform.id].contract.answer;
	let extra = false;
	const note = ({ method = 'GET', path, repeatable }: Request, publishing?: true) =>
		void sent.push({ method, path, repeatable, publishing, ...(extra && { extra }) });
	const api = {
		credential: { graphVersion: 'v26.0' },
		token: { access_token: 'a', pds: 'https://pds.example.com', did: 'did:plc:a' },
		limits: platform.limits,
		attempt: {
			...{ key: '0'.repeat(32), series: '0'.repeat(32), part: 0, owner: '1', at: 0 },
			...{ namedAt: Date.UTC(2030, 0, 1), checkpoint: {} },
		},
		processingWaitMs: 1000,
		send: async (request: Request) => (note(request), body),
		reply: async (request: Request): Promise<Reply> => {
			note(request);
			return { status: 200, headers: {}, body };
		},
		publish: async (request: Request) => (note(request, true), body),
		note: () => {},
		until: async <T>(check: () => Promise<T>) => await check(),
		account: async () => ({ id: '1', name: 'alice' }),
		derive: async (_name: string, make: () => Promise<string>) => await make(),
		listIn: (value: unknown) => value ?? [],
		warn: () => {},
		tolerate: async <T>(_what: string, step: () => Promise<T>) => {
			extra = true;
			return await step().finally(() => (extra = false));
		},
		card: async () => undefined,
	};
	return { api: api as unknown as Api, sent };
}

const picture = (mime: string): Media => ({
	...{
		name: 'a',
		digest: '',
		mime,
		bytes: 1,
		width: 1,
		height: 1,
		alt: '',
		options: {},
		source: 'url',
	},
	open: async () =>
		(async function* () {
			yield Buffer.from('a');
		})(),
	publicUrl: () => 'https://example.com/a',
});

const isMutation = ({ method }: Sent) => method === 'POST' || method === 'PATCH';

describe.each(platforms.map((platform) => [platform.name, platform] as const))(
	'A post on %s',
	(_name, platform) => {
		const { mediaRequired, media } = platform.limits;
		const pictures = (many: number) =>
			Array.from({ length: many }, () => picture(String(media.image?.types[0])));

		it.each(mediaRequired ? [1, 2] : [0, 1])(
			'is shown by one request, and what else it takes may be sent again: %i pictures',
			async (many) => {
				const { api, sent } = recorder(platform);
				const options = chosen(platform);
				const post: Post = { text: 'Hello', media: pictures(many), options, target: '1' };
				const { id } = await platform.publish(api, post);
				expect(id).toMatch(/./);
				expect(sent.filter(({ publishing }) => publishing)).toHaveLength(1);
				const beside = sent.filter((one) => isMutation(one) && !one.publishing);
				// A failed extra request is only a warning.
				expect(beside.filter(({ repeatable, extra }) => !repeatable && !extra)).toEqual([]);
			},
		);
	},
);
