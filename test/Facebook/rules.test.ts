import type { IDataObject } from 'n8n-workflow';

import { facebook } from '@/nodes/Facebook/facebook';
import type { Media } from '@/nodes/shared/contract/media';
import type { Post } from '@/nodes/shared/contract/post';
import { fieldsOf } from '@/nodes/shared/publish/postFields';
import { validate } from '@/nodes/shared/publish/validate';

const DAY = 86_400_000;
const MINUTE = 60_000;

const medium = (mime: string, change: Partial<Media> = {}): Media => ({
	name: 'file',
	mime,
	digest: '',
	bytes: 5000,
	alt: '',
	options: {},
	source: 'binary',
	open: async () => (async function* () {})(),
	publicUrl: () => undefined,
	...change,
});
const photo = (change?: Partial<Media>) => medium('image/jpeg', change);
const film = (change?: Partial<Media>) =>
	medium('video/mp4', { width: 1080, height: 1920, seconds: 30, ...change });
const ahead = (ms: number) => new Date(Date.now() + ms).toISOString();

const found = async (options: IDataObject, change: Partial<Post> = {}) => {
	const fields = fieldsOf(facebook, options, 'Hello');
	const post = { text: 'Hello', media: [], target: '1', ...fields, ...change };
	const all = await validate(facebook, post);
	return all.map(({ rule, warning }) => (warning ? `(${rule})` : rule));
};

describe('a post that is scheduled', () => {
	it.each([
		[9.5 * MINUTE, {}, ['facebook.schedule.window']],
		[11 * MINUTE, {}, []],
		[30 * DAY - MINUTE, {}, []],
		[30 * DAY + MINUTE, {}, ['facebook.schedule.window']],
		[29 * DAY + MINUTE, { postType: 'reel' }, ['facebook.schedule.window']],
		[29 * DAY - MINUTE, { postType: 'reel' }, []],
		[DAY, { postType: 'story' }, ['facebook.schedule.story', '(facebook.story.text)']],
	])('%i ms ahead with %j: %j', async (ms, options, rules) => {
		const media = Object.keys(options).length > 0 ? { media: [film()] } : {};
		expect(await found({ ...options, scheduledAt: ahead(ms) }, media)).toEqual(rules);
	});

	it('takes no comment before it is out', async () => {
		expect(await found({ scheduledAt: ahead(DAY), firstComment: 'First' })).toEqual([
			'facebook.comment.scheduled',
		]);
	});
});

describe('a Reel', () => {
	const reel = async (...media: Media[]) => await found({ postType: 'reel' }, { media });

	it.each([
		['none', [], ['facebook.reel.media']],
		['a photo', [photo()], ['facebook.reel.media']],
		['an MP4', [film()], []],
		['a MOV', [film({ mime: 'video/quicktime' })], ['facebook.reel.type']],
		['2 s', [film({ seconds: 2 })], ['facebook.reel.duration']],
		['91 s', [film({ seconds: 91 })], ['facebook.reel.duration']],
		['a wide one', [film({ width: 1920, height: 1080 })], ['(facebook.reel.ratio)']],
		['a small one', [film({ width: 270, height: 480 })], ['(facebook.reel.ratio)']],
		['one of unknown size', [film({ width: undefined, height: undefined })], []],
	])('of %s', async (_what, media, rules) => {
		expect(await reel(...media)).toEqual(rules);
	});

	it('of two videos', async () => {
		expect(await reel(film(), film())).toEqual(['facebook.media.count', 'facebook.reel.media']);
	});
});

describe('a story', () => {
	const story = async (media: Media[], change: Partial<Post> = { text: '' }) =>
		await found({ postType: 'story' }, { media, ...change });

	it.each([
		['a photo', [photo()], []],
		['two photos', [photo(), photo()], ['facebook.story.media']],
		['a MOV', [film({ mime: 'video/quicktime' })], ['facebook.story.type']],
		['60 s', [film({ seconds: 60 })], []],
		['61 s', [film({ seconds: 61 })], ['facebook.story.duration']],
	])('of %s', async (_what, media, rules) => {
		expect(await story(media)).toEqual(rules);
	});

	it('shows no text, and nobody comments on it', async () => {
		expect(await story([photo()], { text: 'Hello', link: 'https://example.org' })).toEqual([
			'(facebook.story.text)',
		]);
		expect(
			await found({ postType: 'story', firstComment: 'First' }, { text: '', media: [photo()] }),
		).toEqual(['facebook.comment.story']);
	});
});

describe('a post in the feed', () => {
	it('is a text, a link or media, and each link a URL', async () => {
		expect(await found({}, { text: '' })).toEqual(['facebook.text.empty']);
		expect(await found({}, { text: '', link: 'https://example.org' })).toEqual([]);
		expect(await found({}, { text: '', link: 'example.org' })).toEqual(['facebook.link.url']);
		expect(await found({}, { text: '', media: [photo(), photo()] })).toEqual([]);
	});

	it('has photos or one video', async () => {
		expect(await found({}, { media: [photo(), film({ width: 1920, height: 1080 })] })).toEqual([
			'facebook.media.mixed',
		]);
	});

	it('warns of what Facebook may treat otherwise', async () => {
		expect(await found({}, { media: [film()] })).toEqual(['(facebook.video.upright)']);
		expect(await found({}, { media: [photo({ bytes: 5 * 1024 ** 2 })] })).toEqual([
			'(facebook.photo.size)',
		]);
		expect(
			await found({}, { media: [film({ alt: 'A film', width: 1920, height: 1080 })] }),
		).toEqual(['(facebook.alt.unsupported)']);
	});
});
