import type { Limits } from '@/nodes/shared/contract/limits';
import type { Media } from '@/nodes/shared/contract/media';
import { validate } from '@/nodes/shared/publish/validate';
import { samplePlatform } from '@/test/support/platform';

const image = { count: 4, bytes: 1000, types: ['image/png'] };
const limits = (from: 'url' | 'bytes' | 'either'): Limits => ({
	text: { max: 500, unit: 'codePoints' },
	media: { image: { ...image, from } },
});

const medium = (url: string | undefined, name: string): Media => ({
	name,
	mime: 'image/png',
	digest: '',
	bytes: 10,
	alt: '',
	options: {},
	source: 'url',
	open: async () => (async function* () {})(),
	publicUrl: () => url,
});

const media = [
	medium('https://example.org/a.png', 'a.png'),
	medium('http://192.168.1.5:5678/rest/binary-data/signed?token=abc', 'b.png'),
	medium('ftp://example.org/c.png', 'c.png'),
	medium(undefined, 'd.png'),
];

describe('media that the platform fetches itself', () => {
	it('must have a URL, and one is warned of hosts that are not on the internet', async () => {
		const found = await validate(
			samplePlatform(),
			{ text: 'a', media, options: {} },
			limits('url'),
		);
		expect(found).toEqual([
			{
				rule: 'sample.media.host',
				message:
					'b.png: the platform fetches it from 192.168.1.5:5678, which does not look reachable from the internet',
				actual: '192.168.1.5:5678',
				warning: true,
			},
			{ rule: 'sample.media.url', message: 'c.png: the platform cannot fetch from this URL' },
			{
				rule: 'sample.media.url',
				message: expect.stringMatching(/^d.png is only in n8n's memory/),
			},
		]);
	});

	it('need nothing of that where we send the bytes', async () => {
		const post = { text: 'a', media, options: {} };
		expect(await validate(samplePlatform(), post, limits('bytes'))).toEqual([]);
	});

	it('need it for URLs alone where files are sent', async () => {
		const sent = media.map((one) => ({ ...one, source: 'binary' as const }));
		const rules = async (given: Media[]) => {
			const post = { text: 'a', media: given, options: {} };
			const found = await validate(samplePlatform(), post, limits('either'));
			return found.map(({ rule }) => rule);
		};
		expect(await rules(media.slice(0, 3))).toEqual(['sample.media.host', 'sample.media.url']);
		expect(await rules(sent)).toEqual([]);
	});
});
