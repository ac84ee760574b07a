import type { IDataObject } from 'n8n-workflow';

import { posted } from './reader';
import { platforms } from '@/nodes/platforms';
import { readState } from '@/nodes/shared/publish/state';

const each = platforms.map((platform) => [platform.name, platform] as const);
const part = { text: 'a', media: [] };
const file = { alt: '', options: {} };

/** States that no version of the pack has written. */
const odd: Array<[string, IDataObject]> = [
	['no parts', { rest: [] }],
	['parts that are no list', { rest: { 0: part } }],
	['an empty part', { rest: [{}] }],
	['a part without media', { rest: [{ text: 'a' }] }],
	['a part that is nothing', { rest: [null] }],
	['a part that is text', { rest: ['a'] }],
	['a text that is an object', { rest: [{ text: {}, media: [] }] }],
	['a text that is a number', { rest: [{ text: 7, media: [] }] }],
	['a second part that is nothing', { rest: [part, null] }],
	['a link that is none', { rest: [{ ...part, link: 'javascript:alert(1)' }] }],
	['a link that is an object', { rest: [{ ...part, link: {} }] }],
	['media that are no list', { rest: [{ text: 'a', media: {} }] }],
	['a file that is nothing', { rest: [{ text: 'a', media: [null] }] }],
	['a file that is nowhere', { rest: [{ text: 'a', media: [file] }] }],
	[
		'a file with a password',
		{ rest: [{ text: 'a', media: [{ ...file, url: 'https://a:b@c.example/' }] }] },
	],
	[
		'a file of another scheme',
		{ rest: [{ text: 'a', media: [{ ...file, url: 'file:///etc/passwd' }] }] },
	],
	[
		'a stored file by its id',
		{
			rest: [
				{ text: 'a', media: [{ ...file, binary: { mimeType: 'image/png', id: 'filesystem:1' } }] },
			],
		},
	],
	[
		'an alt text that is a list',
		{ rest: [{ text: 'a', media: [{ ...file, binary: 'a', alt: [] }] }] },
	],
	[
		'file options that are text',
		{ rest: [{ text: 'a', media: [{ ...file, binary: 'a', options: 'a' }] }] },
	],
	['options that are a list', { rest: [part], options: [1] }],
	['options that are text', { rest: [part], options: 'a' }],
	['an option of another type', { rest: [part], options: { processingWait: 'long' } }],
	['published that is no list', { rest: [part], published: 'a' }],
	['published of nothing', { rest: [part], published: [null] }],
	['published of a number', { rest: [part], published: [{ id: 7 }] }],
	['a place to hang on that is text', { rest: [part], published: [{ id: '1', ref: 'a' }] }],
	['a place to hang on that is none', { rest: [part], published: [{ id: '1', ref: {} }] }],
	['a target that is an object', { rest: [part], target: {} }],
	['a target that is empty', { rest: [part], target: '' }],
	['pending that is text', { rest: [part], pending: 'a' }],
	['pending that is a list', { rest: [part], pending: [] }],
	['pending of nothing', { rest: [part], pending: {} }],
	['pending that is null', { rest: [part], pending: null }],
	['pending of objects', { rest: [part], pending: { container: {}, body: 'a', waiting: [{}] } }],
];

describe.each(each)('a Resume State for %s', (_name, platform) => {
	const resumed = async (state: unknown) => {
		const resume = typeof state === 'object' ? { platform: platform.id, ...state } : state;
		return await posted(platform, { operation: 'resume', resume: JSON.stringify(resume) });
	};

	it.each([...odd, ['no object', 7], ['of another platform', { platform: 'other', rest: [part] }]])(
		'with %s is refused',
		async (_what, state) => {
			const { sent, failed } = await resumed(state);
			expect(sent).toEqual([]);
			expect(failed).toMatchObject({
				code: 'validation_failed',
				rule: `${platform.id}.resume.state`,
			});
		},
	);
});

/** Options of nodes of the first version, and what is published by them. */
const former: Array<[id: string, options: IDataObject, fields: IDataObject]> = [
	['linkedIn', { mediaTitle: 'T' }, { title: 'T' }],
	[
		'linkedIn',
		{ pollQuestion: 'Tea?', pollOptions: 'yes\nno', pollDuration: 'ONE_DAY' },
		{ poll: { poll: { question: 'Tea?', answers: 'yes\nno', minutes: 1440 } } },
	],
	['tikTok', { photoTitle: 'T' }, { title: 'T' }],
	[
		'x',
		{ pollOptions: 'yes\nno', pollDuration: 60 },
		{ poll: { poll: { answers: 'yes\nno', minutes: 60 } } },
	],
	['threads', { poll: 'yes\nno' }, { poll: { poll: { answers: 'yes\nno' } } }],
];

it('of every platform with former options some stand here', () => {
	const withFormer = platforms.filter((platform) => platform.former).map(({ id }) => id);
	expect([...new Set(former.map(([id]) => id))].sort()).toEqual(withFormer.sort());
});

it.each(former)('a Resume State of %s keeps %o of an older version', (id, options, fields) => {
	const platform = platforms.find((one) => one.id === id)!;
	const state = { platform: id, rest: [part], published: [], options };
	expect(readState(platform, state).options).toEqual(fields);
	expect(readState(platform, { ...state, options: fields }).options).toEqual(fields);
});
