import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { posted } from './reader';
import { platforms } from '@/nodes/platforms';
import { optionsOf } from '@/nodes/shared/editor/describe';
import { png } from '@/test/support/mediaFixtures';

const each = platforms.map((platform) => [platform.name, platform] as const);
const CUT = '={{ "cut \\ud83d" + "\\u0000!" }}';
const LEFT = /[\p{Cs}\0]/u;

/** Expects that no invalid character is in the data to be sent. */
function expectMended(sent: unknown[]) {
	const texts: string[] = [];
	JSON.stringify(sent, (_key, value: unknown) => {
		if (typeof value === 'string') texts.push(value);
		return value;
	});
	expect(texts.filter((text) => LEFT.test(text))).toEqual([]);
	return texts;
}

const isAddress = ({ displayName }: INodeProperties) => /\b(?:URL|Link)$/.test(displayName);

/** Returns a value for each text in a set of fields. */
const filled = (properties: readonly INodeProperties[]): IDataObject =>
	Object.fromEntries(
		properties.flatMap((property): Array<[string, IDataObject | string]> => {
			const { name, type, typeOptions, options = [] } = property;
			if (type === 'string' && !isAddress(property) && name !== 'idempotencyKey') {
				return [[name, CUT]];
			}
			if (type !== 'fixedCollection') return [];
			const rows = (options as INodePropertyCollection[]).map((group) => {
				const one = filled(group.values);
				return [group.name, typeOptions?.multipleValues ? [one] : one];
			});
			return [[name, Object.fromEntries(rows) as IDataObject]];
		}),
	);

describe.each(each)(
	'half characters and NUL do not reach %s',
	(_name, { check: _check, ...rest }) => {
		const platform = { ...rest, compose: undefined, textRule: undefined, wordless: undefined };

		it('in texts, alt texts, names of files and options', async () => {
			const data = png(400, 400).toString('base64');
			const item = {
				json: {},
				binary: { data: { mimeType: 'image/png', fileName: 'a\ud83d\0.png', data } },
			};
			const medium = [{ source: 'binary', binaryProperty: 'data', altText: CUT, focus: CUT }];
			const options = filled(optionsOf(platform));
			const { poll } = platform.limits;
			const anything = { answers: { min: 1, max: 9 }, media: 'allowed' as const };
			const parameters = { text: CUT, media: { medium }, options };
			const given = {
				...platform,
				limits: {
					...platform.limits,
					...(poll && { poll: { ...poll, ...anything } }),
					text: { max: 500, unit: 'codePoints' as const },
					media: {
						image: { count: 1, bytes: 9999, types: ['image/png'], from: 'bytes' as const, alt: 99 },
					},
				},
			};
			const { sent, messages } = await posted(given, parameters, item);
			expect(messages).toEqual([]);
			expect(expectMended(sent)).toContain('cut !');
		});

		it('in a Resume State', async () => {
			const cut = 'cut \ud83d\0!';
			const part = { text: cut, media: [] };
			const resume = {
				...{ platform: platform.id, rest: [part], published: [{ id: `1${cut}` }] },
				...(platform.target && { target: cut }),
			};
			for (const state of [resume, JSON.stringify(resume)]) {
				const limits = { ...platform.limits, mediaRequired: undefined };
				const { sent } = await posted(
					{ ...platform, limits },
					{ operation: 'resume', resume: state },
				);
				expect(expectMended(sent)).toContain('cut !');
			}
		});
	},
);
