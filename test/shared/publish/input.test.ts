import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { posted } from './reader';
import { platforms } from '@/nodes/platforms';
import type { Platform } from '@/nodes/shared/contract/platform';
import { optionsOf } from '@/nodes/shared/editor/describe';
import { records } from '@/test/platforms';
import { samplePlatform } from '@/test/support/platform';

const each = platforms.map((platform) => [platform.name, platform] as const);
const withPlace = each.filter(([, { target }]) => target);

/** Expects that nothing is sent and that the rule is among the problems, also in Validate. */
async function expectRefused(platform: Platform, parameters: IDataObject, rule: string) {
	const { sent, code, rules, messages } = await posted(platform, parameters);
	expect({ sent, code }).toEqual({ sent: [], code: 'validation_failed' });
	expect(rules).toContain(rule);
	const looked = await posted(platform, { ...parameters, operation: 'validate' });
	expect(looked.rules).toEqual(rules);
	return messages[rules.indexOf(rule)];
}

describe.each(each)('on %s', (_name, platform) => {
	it.each([
		['an object', '={{ { a: 1 } }}', 'Text is an object ({"a":1}), not text'],
		['a list', '={{ ["a", "b"] }}', 'Text is a list (["a","b"]), not text'],
		['no number', '={{ NaN }}', 'Text is NaN, not text'],
	])('a text that is %s is refused', async (_what, text, message) => {
		expect(await expectRefused(platform, { text }, 'text.type')).toBe(message);
	});

	it.each<[string, string, string]>([
		['an object', '={{ { url: "https://a.example" } }}', 'link.type'],
		['a number', '={{ 7 }}', 'link.type'],
		['a list', '={{ ["https://a.example"] }}', 'link.type'],
		['one with a blank', 'https://news.example/a b', 'link.url'],
		['a mail', 'mailto:a@b.c', 'link.url'],
		['a file', 'file:///etc/passwd', 'link.url'],
		['of another scheme', 'gopher://a.example/', 'link.url'],
		['one with a password', 'https://user:password@a.example/', 'link.url'],
		['one with half a scheme', 'https:/a.example', 'link.url'],
		['a word', 'undefined', 'link.url'],
		['a host alone', 'example.com', 'link.url'],
		['a host and a port', 'example.com:8080', 'link.url'],
		['two addresses', 'https://a.example,https://b.example', 'link.url'],
		['two pages', 'https://a.example/1,https://b.example/2', 'link.url'],
		['of two hosts, as one reads it', 'https://ex.example\\@evil.example', 'link.url'],
		['one with half a character', '={{ "https://example.org/a\\ud83d" }}', 'link.url'],
		['one with NUL', '={{ "https://example.org/a\\u0000" }}', 'link.url'],
		['one that is turned around', '={{ "https://example.org/\\u202egpj" }}', 'link.url'],
		['one that is isolated', '={{ "https://example.org/\\u2066a" }}', 'link.url'],
		['one with a space without width', '={{ "https://exam\\u200bple.org" }}', 'link.url'],
		...[
			...['picture.jpg', 'README.rst', 'main.py', 'next.js', 'data.xml', 'song.ogg', 'video.mkv'],
			...['Mr.Smith', 'Hello.World', 'v2.beta', 'picture.jpg?size=1', 'main.py:10', 'www.js'],
		].map((name): [string, string, string] => [`a name, ${name}`, name, 'link.url']),
	])('a link that is %s is refused', async (_what, link, rule) => {
		const message = await expectRefused(platform, { text: 'a', link }, rule);
		expect(message).toMatch(/^Link /);
		expect(message).not.toContain('password@');
	});

	const fields = optionsOf(platform);
	const of = (...types: string[]) => fields.filter(({ type }) => types.includes(type));
	const wrong: Array<[string, INodeProperties[], string]> = [
		['a number', of('number'), '={{ "many" }}'],
		['a number', of('number'), '={{ Infinity }}'],
		['a number', of('number'), '={{ [1] }}'],
		['a switch', of('boolean'), '={{ "yes" }}'],
		['a switch', of('boolean'), '={{ 1 }}'],
		['a text', of('string', 'dateTime', 'color'), '={{ { a: 1 } }}'],
		['a choice', of('options'), '={{ { a: 1 } }}'],
		['a list of choices', of('multiOptions'), '={{ "nobody" }}'],
		['a list of choices', of('multiOptions'), '={{ ["someone"] }}'],
		['a place', of('resourceLocator'), '={{ { a: 1 } }}'],
	];
	const cases = wrong.flatMap(([what, properties, given]) =>
		properties.map(({ name }) => [what, name, given] as const),
	);
	it.each(cases)('%s, %s, that comes to %s is refused', async (_what, name, given) => {
		// The node reads the key before everything else.
		if (name === 'idempotencyKey') return;
		await expectRefused(platform, { text: 'a', options: { [name]: given } }, `${name}.type`);
	});

	const deciding = fields.filter((field) => field.deciding).map(({ name }) => name);

	it('what decides of others is known to', () => {
		expect(deciding).toEqual(records[platform.id].contract.deciding);
	});

	it.each([
		...['={{ undefined }}', '={{ null }}', '={{ "" }}', '={{ "  " }}'],
		// Nothing remains of these texts.
		...['={{ "\\ud83d" }}', '={{ " \\0 " }}'],
	])('an option that decides and comes to nothing, %s, is refused', async (nothing) => {
		for (const name of deciding) {
			await expectRefused(platform, { text: 'a', options: { [name]: nothing } }, `${name}.empty`);
		}
	});

	it('any other option that comes to nothing is left out', async () => {
		const others = fields.filter((field) => !field.deciding && field.name !== 'idempotencyKey');
		const options = Object.fromEntries(others.map(({ name }) => [name, '={{ undefined }}']));
		const { rules } = await posted(platform, { text: 'a', options });
		expect(rules.filter((rule) => /\.(empty|type)$/.test(rule))).toEqual([]);
	});

	it.each<[IDataObject, string]>([
		[{ operation: 'Publish' }, 'operation.type'],
		[{ operation: 'Validate' }, 'operation.type'],
		[{ operation: '={{ "validate" }}' }, 'operation.type'],
		[{ operation: { a: 1 } }, 'operation.type'],
		[{ operation: '' }, 'operation.empty'],
		[{ operation: 'getAll' }, 'operation.type'],
		[{ resource: 'Post' }, 'resource.type'],
		[{ resource: '' }, 'resource.empty'],
		[{ resource: ['post'] }, 'resource.type'],
		[{ resource: 'account', operation: 'publish' }, 'operation.type'],
	])('%j is refused by name', async (parameters, rule) => {
		// Only some platforms have this operation.
		const has = platform.operations.some(({ operation }) => operation === parameters.operation);
		if (has) return;
		const { sent, rules, message } = await posted(platform, { text: 'a', ...parameters });
		expect({ sent, rules }).toEqual({ sent: [], rules: [rule] });
		expect(message).toMatch(/^(Operation|Resource) is /);
	});

	it.each(['={{ undefined }}', '={{ null }}', '={{ "" }}', '', 'somewhere', '={{ { a: 1 } }}'])(
		'a source of media that is none, %j, is refused',
		async (source) => {
			const media = { medium: [{ source, binaryProperty: 'data' }] };
			const message = await expectRefused(platform, { text: 'a', media }, 'media.type');
			expect(message).toMatch(/^Source of file 1 of Media is /);
		},
	);
});

describe.each(withPlace)('a place to post to on %s', (_name, platform) => {
	const at = (value: string, mode = 'id') => ({ __rl: true, mode, value });
	it.each([
		at('={{ undefined }}'),
		at('={{ null }}'),
		at('={{ "" }}'),
		at('={{ "  " }}'),
		at('={{ $json.nothing }}', 'list'),
		at(''),
		'={{ $json.nothing }}',
	])('that comes to nothing is refused: %j', async (target) => {
		await expectRefused(platform, { text: 'a', target }, 'target.empty');
	});

	it('that is an object is refused', async () => {
		await expectRefused(platform, { text: 'a', target: at('={{ { id: 1 } }}') }, 'target.type');
	});

	it('that a number has rounded is refused', async () => {
		const target = at('={{ 12345678901234567890 }}');
		await expectRefused(platform, { text: 'a', target }, 'target.type');
	});

	it('that was never touched is one’s own, or missing', async () => {
		const { rules } = await posted(platform, { text: 'a', target: at('', 'list') });
		expect(rules.filter((rule) => rule.startsWith('target'))).toEqual(
			platform.target?.optional ? [] : ['target.missing'],
		);
	});
});

describe('what an expression gives', () => {
	const sample = samplePlatform({
		limits: { text: { max: 500, unit: 'codePoints' }, media: {} },
		options: [
			{ displayName: 'Count', name: 'count', type: 'number', default: 1 },
			{ displayName: 'Loud', name: 'loud', type: 'boolean', default: false },
			{ displayName: 'Label', name: 'label', type: 'string', default: '' },
			{
				displayName: 'Answers',
				name: 'answers',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
			},
		],
	});
	const post = async (parameters: IDataObject) => {
		const { sent, warnings } = await posted(sample, parameters);
		return { ...sent[0], warnings };
	};

	it.each([
		['={{ 7 }}', '7'],
		['={{ true }}', 'true'],
		[
			'={{ DateTime.fromISO("2030-01-02T03:04:05Z", { zone: "utc" }) }}',
			'2030-01-02T03:04:05.000Z',
		],
		['={{ new Date(0) }}', '1970-01-01T00:00:00.000Z'],
	])('as text: %s', async (text, said) => {
		expect(await post({ text })).toMatchObject({ text: said });
	});

	it.each([
		[{ count: '={{ " 12 " }}' }, { count: 12 }],
		[{ loud: '={{ "True" }}' }, { loud: true }],
		[{ loud: '={{ "false" }}' }, { loud: false }],
		[{ label: '={{ 5 }}' }, { label: '5' }],
		[{ answers: '={{ ["A", 2, "B\\nC"] }}' }, { answers: 'A\n2\nB C' }],
		[{ count: '={{ $json.nothing }}', label: '={{ null }}' }, {}],
	])('as options: %j', async (options, read) => {
		expect((await post({ text: 'a', options })) as IDataObject).toMatchObject({ options: read });
	});

	it.each([
		['news.example/a', 'https://news.example/a'],
		['www.news.example', 'https://www.news.example'],
		['//news.example/a?b=c,d', 'https://news.example/a?b=c,d'],
		[' https://news.example/a ', 'https://news.example/a'],
		['news.example:8080/a', 'https://news.example:8080/a'],
		['=', undefined],
		['={{ $json.nothing }}', undefined],
	])('as link: %s', async (link, read) => {
		expect((await post({ text: 'a', link })) as IDataObject).toMatchObject(
			read ? { link: read } : {},
		);
	});

	it('half characters and NUL are cut out, and one is told', async () => {
		const read = await post({ text: '={{ "cut \\ud83d" + "\\u0000!" }}' });
		expect(read).toMatchObject({ text: 'cut !' });
		expect(read.warnings).toEqual([
			'Text had half characters or NUL in it, which are cut out [sample.text.characters]',
		]);
	});

	it('characters that nobody sees are no text', async () => {
		const { rules } = await posted(sample, { text: '\u200b\u200d ' });
		expect(rules).toEqual(['text.empty']);
	});
});
