import { readMedia, readOptions } from '@/nodes/shared/post';

describe('the Media field', () => {
	it('gives each file its own line of alt text, also where one has none', () => {
		const row = { source: 'binary', binaryProperty: 'a, b, c', altText: 'First\n\nThird' };
		const found = readMedia({ medium: [row] });
		expect(found.map(({ binary, alt }) => [binary, alt])).toEqual([
			['a', 'First'],
			['b', ''],
			['c', 'Third'],
		]);
	});

	it('takes a single file’s alt text whole', () => {
		const row = { source: 'url', url: 'https://example.com/a.png', altText: 'One\nTwo' };
		expect(readMedia({ medium: [row] })).toEqual([
			{ url: 'https://example.com/a.png', alt: 'One\nTwo', options: {} },
		]);
	});

	it('tells of a row that names no file', () => {
		const rows = [
			{ source: 'url', url: 'https://example.com/a.png', altText: '' },
			{ source: 'url', url: ' \n', altText: 'Lost' },
			{ source: 'binary', binaryProperty: '', altText: '' },
		];
		expect(readMedia({ medium: rows }).map(({ missing }) => missing)).toEqual([
			undefined,
			'File 2 of Media has an empty URL (an expression that gives null leaves the file out)',
			'File 3 of Media has an empty Input Binary Field (an expression that gives null leaves the file out)',
		]);
	});

	it('leaves a row out whose expression gives null', () => {
		const rows = [
			{ source: 'url', url: null },
			{ source: 'binary', binaryProperty: null },
		];
		expect(readMedia({ medium: rows })).toEqual([]);
	});
});

describe('options', () => {
	it('are left out where an expression came to nothing', () => {
		expect(readOptions({ a: null, b: undefined, c: '', d: false })).toEqual({ c: '', d: false });
		expect(readOptions(null)).toEqual({});
	});
});
