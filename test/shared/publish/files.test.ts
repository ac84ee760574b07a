import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { posted } from './reader';
import { platforms } from '@/nodes/platforms';
import { readMedia } from '@/nodes/shared/publish/files';
import { notesFor } from '@/nodes/shared/publish/values';
import { png } from '@/test/support/mediaFixtures';
import { samplePlatform } from '@/test/support/platform';

const each = platforms.map((platform) => [platform.name, platform] as const);

/** Reads rows that come from an expression, or fixed rows. */
const read = (rows: IDataObject[], raw: unknown = { medium: rows }) => {
	const notes = notesFor('sample');
	const media = readMedia(notes, { value: { medium: rows }, raw });
	return { media, ...notes };
};

describe('a row of Media', () => {
	it('gives each file its own line of alt text, also where one has none', () => {
		const row = { source: 'binary', binaryProperty: 'a, b, c', altText: 'First\n\nThird' };
		expect(read([row]).media.map(({ binary, alt }) => [binary, alt])).toEqual([
			['a', 'First'],
			['b', ''],
			['c', 'Third'],
		]);
	});

	it('takes a single file’s alt text whole', () => {
		const row = { source: 'url', url: 'https://example.com/a.png', altText: 'One\nTwo' };
		expect(read([row]).media).toEqual([
			{ url: 'https://example.com/a.png', alt: 'One\nTwo', options: {} },
		]);
	});

	it('that is fixed and names no file is a mistake', () => {
		const rows = [
			{ source: 'url', url: 'https://example.com/a.png', altText: '' },
			{ source: 'url', url: ' \n', altText: 'Lost' },
			{ source: 'binary', binaryProperty: '', altText: '' },
		];
		expect(read(rows).media.map(({ missing }) => missing)).toEqual([
			undefined,
			'File 2 of Media has an empty URL (an expression that comes to nothing leaves the file out)',
			'File 3 of Media has an empty Input Binary Field (an expression that comes to nothing leaves the file out)',
		]);
	});

	const a = 'https://a.example/1.jpg';
	const b = 'https://a.example/2.jpg';
	it.each<[unknown, string[]]>([
		[
			[a, b],
			[a, b],
		],
		[`${a},${b}`, [a, b]],
		[`${a}, a.example/2.jpg`, [a, b]],
		[`${a}\n${b}`, [a, b]],
		['https://a.example/w_1,h_2/1.jpg', ['https://a.example/w_1,h_2/1.jpg']],
		[[a, null, ''], [a]],
	])('takes as URL %j', (url, urls) => {
		const { media, problems } = read([{ source: 'url', url } as IDataObject]);
		expect(media.map((one) => one.url)).toEqual(urls);
		expect(problems).toEqual([]);
	});

	it.each<[IDataObject, string]>([
		[{ source: 'url', url: 'ftp://a.example/1.jpg' }, 'sample.media.url'],
		[{ source: 'url', url: 'https://me:pw@a.example/1.jpg' }, 'sample.media.url'],
		[{ source: 'url', url: 'https://a.example/a b.jpg' }, 'sample.media.url'],
		[{ source: 'url', url: 7 }, 'sample.media.type'],
		[{ source: 'url', url: { a: 1 } }, 'sample.media.type'],
		[
			{ source: 'binary', binaryProperty: { data: { mimeType: 'image/png' } } },
			'sample.media.type',
		],
		[{ source: 'binary', binaryProperty: true }, 'sample.media.type'],
		[{ source: 'somewhere', binaryProperty: 'a' }, 'sample.media.type'],
		[{ source: 'binary', binaryProperty: 'a', altText: { a: 1 } }, 'sample.media.type'],
	])('%j is refused', (row, rule) => {
		const { problems } = read([row]);
		expect(problems).toMatchObject([{ rule, message: expect.not.stringContaining('pw') }]);
	});

	it('tells of a file that is there twice', () => {
		const rows = [
			{ source: 'url', url: `${a}\n${b}` },
			{ source: 'url', url: a },
		];
		rows.push({ source: 'url', url: a });
		expect(read(rows).warnings).toEqual([
			`The file at ${a} is in the post more than once [sample.media.twice]`,
		]);
	});
});

describe.each(each)('on %s', (_name, platform) => {
	it.each(['={{ undefined }}', '={{ null }}', '={{ "" }}', '={{ " " }}', '={{ [] }}'])(
		'a file whose expression comes to nothing, %s, is left out',
		async (nothing) => {
			const medium = [
				{ source: 'url', url: nothing },
				{ source: 'binary', binaryProperty: nothing },
			];
			const bare = await posted(platform, { text: 'a' });
			const { rules, sent } = await posted(platform, { text: 'a', media: { medium } });
			expect({ rules, sent: sent.length }).toEqual({ rules: bare.rules, sent: bare.sent.length });
		},
	);
});

describe('files of items', () => {
	const sample = samplePlatform({
		limits: {
			text: { max: 500, unit: 'codePoints' },
			media: { image: { count: 4, bytes: 9999, types: ['image/png'], from: 'bytes' } },
		},
	});
	const data = png(10, 10).toString('base64');
	const file = { mimeType: 'image/png', fileName: 'a.png', data };
	const names = async (binaryProperty: string, item: INodeExecutionData, filesInJson = false) => {
		const media = { medium: [{ source: 'binary', binaryProperty }] };
		const { sent, failed } = await posted(sample, { text: 'a', media }, item, { filesInJson });
		const [post] = sent as unknown as Array<{ media: Array<{ name: string }> }>;
		return post?.media.map(({ name }) => name) ?? failed?.message;
	};
	const other = { ...file, fileName: 'b.png' };
	const item = { json: { file, files: [file, other] }, binary: { data: file, more: other } };

	it.each([
		['data, more', ['a.png', 'b.png']],
		['={{ $binary.data }}', ['a.png']],
		['={{ $json.file }}', ['a.png']],
		['={{ $json.files }}', ['a.png', 'b.png']],
		['={{ ["data", $binary.more] }}', ['a.png', 'b.png']],
	])('%s', async (given, found) => {
		expect(await names(given, item)).toEqual(found);
	});

	it('are named where another is asked for', async () => {
		expect(await names('picture', item)).toContain('The item has: data, more');
		expect(await names('picture', { json: {} })).toContain('The item has no files');
	});

	it.each(['data', '_files.data', '={{ $json._files.data }}'])(
		'are found in n8n’s combined mode by %s',
		async (given) => {
			expect(await names(given, { json: { _files: { data: file } } }, true)).toEqual(['a.png']);
		},
	);

	it('are not looked for in the JSON of n8n’s usual mode', async () => {
		expect(await names('data', { json: { _files: { data: file } } })).toContain('data');
	});

	it('go on behind Validate', async () => {
		const { output } = await posted(sample, { operation: 'validate', text: 'a' }, item);
		expect(output.binary).toEqual(item.binary);
	});
});
