import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { binaryItem } from '@/test/support/binaries';
import { gif, mp4, png } from '@/test/support/mediaFixtures';
import { fromUrls, outcome, threadsNode } from './setup';

afterEach(() => nock.cleanAll());

const validated = async (parameters: IDataObject, files?: Parameters<typeof binaryItem>[0]) => {
	const node = threadsNode({ operation: 'validate', ...parameters });
	const [result] = await outcome(node, files && [await binaryItem(files)]);
	const { problems, warnings } = result as {
		problems: Array<{ rule: string }>;
		warnings: string[];
	};
	return [...problems.map(({ rule }) => rule), ...warnings];
};
const options = (given: IDataObject) => ({ text: 'Hello', options: given });
const links = (count: number) =>
	Array.from({ length: count }, (_, index) => `https://example.org/${index}`).join(' ');

describe('what is refused before anything is sent', () => {
	it.each<[string, IDataObject, string[]]>([
		['500 characters', { text: 'a'.repeat(500) }, []],
		['501 characters', { text: 'a'.repeat(501) }, ['threads.text.length']],
		['emoji by their bytes', { text: `${'a'.repeat(497)}🙂` }, ['threads.text.length']],
		['nothing', { text: '' }, ['threads.text.empty']],
		['a link alone', { text: '', link: 'https://example.org' }, []],
		['5 links', { text: links(5) }, []],
		['a link again', { text: links(5), link: 'https://example.org/0' }, []],
		['6 links', { text: links(6) }, ['threads.links.count']],
		[
			'6 links with the attached one',
			{ text: links(5), link: 'https://a.org' },
			['threads.links.count'],
		],
		['a link that is none', { text: 'Hello', link: 'example' }, ['threads.link.url']],
		['2 answers', options({ poll: 'a\n\nb' }), []],
		['1 answer', options({ poll: 'a' }), ['threads.poll.count']],
		['5 answers', options({ poll: 'a\nb\nc\nd\ne' }), ['threads.poll.count']],
		['25 characters', options({ poll: `a\n${'ü'.repeat(25)}` }), []],
		['26 characters', options({ poll: `a\n${'ü'.repeat(26)}` }), ['threads.poll.length']],
		['a topic', options({ topicTag: `#${'ü'.repeat(50)}` }), []],
		['a long topic', options({ topicTag: 'ü'.repeat(51) }), ['threads.topic.length']],
		['topic signs', options({ topicTag: 'R&B' }), ['threads.topic.characters']],
		['an ID', options({ replyTo: ' 17 ', quote: 'https://www.threads.net/@a.b/post/DA_-b' }), []],
		[
			'no IDs',
			options({ replyTo: 'a', quote: 'https://x.com/a/status/1' }),
			['threads.quote.address', 'threads.replyTo.address'],
		],
		[
			'options, for the first post of a thread alone',
			{ ...options({ poll: 'a' }), thread: { post: [{ text: 'Two' }] } },
			['threads.poll.count'],
		],
	])('%s', async (_name, parameters, expected) => {
		expect(await validated(parameters)).toEqual(expected);
	});

	it('media beside a poll, of a wrong type or shape', async () => {
		nock('https://files.example.org').get('/a.png').reply(200, png(100, 80));
		nock('https://files.example.org').get('/b.gif').reply(200, gif());
		nock('https://files.example.org').get('/c.png').reply(200, png(1100, 100));
		const media = fromUrls(
			...['a.png', 'b.gif', 'c.png'].map((name) => ({ url: `https://files.example.org/${name}` })),
		);
		expect(await validated({ ...options({ poll: 'a\nb' }), media })).toEqual([
			'threads.media.type',
			'threads.media.ratio',
			'threads.poll.media',
		]);
	});

	it.each([
		['24 frames a second and 1920 pixels', { framesPerSecond: 23.976, width: 1920 }, []],
		['22 frames a second', { framesPerSecond: 22 }, ['threads.media.frameRate']],
		['61 frames a second', { framesPerSecond: 61 }, ['threads.media.frameRate']],
		['1922 pixels from left to right', { width: 1922 }, ['threads.media.width']],
	])('a film of %s', async (_name, film, expected) => {
		const data = mp4({ width: 720, height: 1280, seconds: 5, ...film });
		nock('https://files.example.org').get('/a.mp4').times(2).reply(200, data);
		const media = fromUrls({ url: 'https://files.example.org/a.mp4' });
		expect(await validated({ text: 'Hello', media })).toEqual(expected);
	});

	it('files in n8n’s memory, and a warning for hosts that Threads cannot reach', async () => {
		nock('http://127.0.0.5').get('/a.png').reply(200, png(100, 80));
		const media = {
			medium: [
				{ source: 'binary', binaryProperty: 'data' },
				{ source: 'url', url: 'http://127.0.0.5/a.png' },
			],
		};
		const files = { data: { data: png(10, 10), fileName: 'a.png', mimeType: 'image/png' } };
		expect(await validated({ text: 'Hello', media }, files)).toEqual([
			'threads.media.url',
			'a.png: the platform fetches it from 127.0.0.5, which does not look reachable from the internet [threads.media.host]',
		]);
	});
});
