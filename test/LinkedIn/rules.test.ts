import { linkedIn } from '@/nodes/LinkedIn/linkedIn';
import type { Media } from '@/nodes/shared/contract/media';
import type { Post } from '@/nodes/shared/contract/post';
import { validate } from '@/nodes/shared/publish/validate';

const medium = (mime: string, change: Partial<Media> = {}): Media => ({
	name: 'file',
	mime,
	digest: '',
	bytes: 100_000,
	alt: '',
	options: {},
	source: 'binary',
	open: async () => (async function* () {})(),
	publicUrl: () => undefined,
	...change,
});
const image = medium('image/png');
const rulesOf = async (change: Partial<Post>) =>
	(await validate(linkedIn, { text: 'Hello', media: [], options: {}, ...change })).map(
		({ rule }) => rule,
	);
const poll = { question: 'Tea?', answers: ['Yes', 'No'], minutes: 1440 };
const reshare = 'urn:li:share:73';

it.each<[string, Partial<Post>, string[]]>([
	['nothing at all', { text: '' }, ['linkedIn.text.empty']],
	['a card alone', { text: '', link: 'https://example.org' }, []],
	['a poll alone', { text: '', poll }, []],
	['a reshare alone', { text: '', options: { reshare } }, []],
	['an image alone', { text: '', media: [image] }, []],
	['3000 characters', { text: 'a'.repeat(3000) }, []],
	['3000 reserved ones', { text: '_'.repeat(3000) }, []],
	['3001 characters', { text: 'a'.repeat(3001) }, ['linkedIn.text.length']],
	['astral characters', { text: '🎉'.repeat(1501) }, ['linkedIn.text.length']],
	[
		'a mention, counted by its name',
		{ text: `${'a'.repeat(2990)}@[Ten Letters](urn:li:organization:1)` },
		['linkedIn.text.length'],
	],
	[
		'a link after the text',
		{ text: 'a'.repeat(2990), link: 'https://example.org', media: [image] },
		['linkedIn.text.length'],
	],
	['a link as a card', { text: 'a'.repeat(2990), link: 'https://example.org' }, []],
	['media and a poll', { media: [image], poll }, ['linkedIn.post.exclusive']],
	['a poll and a reshare', { poll, options: { reshare } }, ['linkedIn.post.exclusive']],
	['an image and a video', { media: [image, medium('video/mp4')] }, ['linkedIn.media.mixed']],
	['a WebP', { media: [medium('image/webp')] }, ['linkedIn.media.type']],
	[
		'too many pixels',
		{ media: [medium('image/png', { width: 6016, height: 6016 })] },
		['linkedIn.media.pixels'],
	],
	['a short video', { media: [medium('video/mp4', { seconds: 2 })] }, ['linkedIn.media.duration']],
	['a tiny video', { media: [medium('video/mp4', { bytes: 70_000 })] }, ['linkedIn.media.small']],
	[
		'alt text of a video',
		{ media: [medium('video/mp4', { alt: 'A' })] },
		['linkedIn.alt.unsupported'],
	],
	['an organization', { target: '1001' }, []],
	['a name', { target: 'Crosspost Works' }, ['linkedIn.target.address']],
	['connections', { options: { visibility: 'CONNECTIONS' } }, []],
	[
		'connections of an organization',
		{ target: '1001', options: { visibility: 'CONNECTIONS' } },
		['linkedIn.visibility.organization'],
	],
	[
		'an activity to reshare',
		{ options: { reshare: 'urn:li:activity:73' } },
		['linkedIn.reshare.address'],
	],
	[
		'a poll without question',
		{ poll: { answers: ['Yes', 'No'], minutes: 1440 } },
		['linkedIn.poll.question'],
	],
	['a long question', { poll: { ...poll, question: 'a'.repeat(141) } }, ['linkedIn.poll.question']],
	['one answer', { poll: { ...poll, answers: ['Yes'] } }, ['linkedIn.poll.options']],
	[
		'five answers',
		{ poll: { ...poll, answers: ['a', 'b', 'c', 'd', 'e'] } },
		['linkedIn.poll.options'],
	],
	[
		'a long answer',
		{ poll: { ...poll, answers: ['a', 'b'.repeat(31)] } },
		['linkedIn.poll.option.length'],
	],
	['a long comment', { firstComment: 'a'.repeat(1251) }, ['linkedIn.comment.length']],
])('finds in %s what LinkedIn would refuse', async (_what, change, rules) => {
	expect(await rulesOf(change)).toEqual(rules);
});
