import type { IDataObject } from 'n8n-workflow';

import { creator, CREATOR, HOST, keptToken, outcome, refusal, tikTokNode } from './setup';
import { tikTok } from '@/nodes/TikTok/tikTok';
import type { Limits } from '@/nodes/shared/contract/limits';
import type { Media } from '@/nodes/shared/contract/media';
import type { Post } from '@/nodes/shared/contract/post';
import { fieldsOf } from '@/nodes/shared/publish/postFields';
import { validate } from '@/nodes/shared/publish/validate';
import { conversation } from '@/test/support/conversation';

const medium = (mime: string, change: Partial<Media> = {}): Media => ({
	name: 'file',
	mime,
	digest: '',
	bytes: 1,
	alt: '',
	options: {},
	source: 'binary',
	open: async () => (async function* () {})(),
	publicUrl: () => 'https://example.com/file',
	...change,
});
const video = (change?: Partial<Media>) => medium('video/mp4', change);
const photo = (change?: Partial<Media>) => medium('image/jpeg', change);

const privacy = 'SELF_ONLY';
const rulesOf = async (options: IDataObject, media = [video()], change: Partial<Post> = {}) =>
	(
		await validate(tikTok, { text: 'Hello', media, ...fieldsOf(tikTok, options, ''), ...change })
	).map(({ rule, warning }) => `${rule}${warning ? ' (warning)' : ''}`);

describe('what TikTok would refuse', () => {
	it.each<[string, IDataObject, Media[], string[]]>([
		['no choice of privacy', {}, [video()], ['tikTok.privacy.missing']],
		['a privacy chosen as nothing', { privacy: '' }, [video()], ['tikTok.privacy.missing']],
		['nothing with a choice', { privacy }, [video()], []],
		['no choice for a draft but a text', { postType: 'draft' }, [photo()], []],
		['a text with a draft', { postType: 'draft' }, [video()], ['tikTok.draft.text (warning)']],
		['no media', { privacy }, [], ['tikTok.media.missing']],
		[
			'a private advertisement',
			{ privacy, brandedContent: true },
			[video()],
			['tikTok.brandedContent.private'],
		],
		['a private own brand', { privacy, yourBrand: true }, [video()], []],
		['a long title', { privacy, title: 'é'.repeat(91) }, [photo()], ['tikTok.photoTitle.length']],
		['a full title', { privacy, title: 'é'.repeat(90) }, [photo()], []],
		[
			'a cover that is not there',
			{ privacy, photoCover: 3 },
			[photo(), photo()],
			['tikTok.photoCover.range'],
		],
		['a PNG', { privacy }, [medium('image/png')], ['tikTok.media.type']],
		[
			'a photo beyond 1080p',
			{ privacy },
			[photo({ width: 1081, height: 1920 })],
			['tikTok.media.pixels (warning)'],
		],
		['a photo of 1080p', { privacy }, [photo({ width: 1920, height: 1080 })], []],
		[
			'a photo at an address without https',
			{ privacy },
			[photo({ publicUrl: () => 'http://example.com/a' })],
			['tikTok.media.https'],
		],
		[
			'a photo in memory',
			{ privacy },
			[photo({ publicUrl: () => undefined })],
			['tikTok.media.url'],
		],
		[
			'a video in memory that is to be fetched',
			{ privacy, pullVideo: true },
			[video({ publicUrl: () => undefined })],
			['tikTok.media.url'],
		],
		['a video in memory', { privacy }, [video({ publicUrl: () => undefined })], []],
		['a narrow video', { privacy }, [video({ width: 359, height: 640 })], ['tikTok.media.side']],
		['a huge video', { privacy }, [video({ width: 4097, height: 4096 })], ['tikTok.media.side']],
		['a long video', { privacy }, [video({ seconds: 601 })], ['tikTok.media.duration']],
		[
			'a cover behind the end',
			{ privacy, videoCover: 2001 },
			[video({ seconds: 2 })],
			['tikTok.videoCover.range'],
		],
		['two videos', { privacy }, [video(), video()], ['tikTok.media.count']],
		['a video with a photo', { privacy }, [video(), photo()], ['tikTok.media.mixed']],
	])('%s', async (_what, options, media, rules) => {
		expect(await rulesOf(options, media)).toEqual(rules);
	});

	it('is a part of a thread', async () => {
		const rules = await rulesOf({ privacy }, [video()], { thread: { part: 0, of: 2 } });
		expect(rules).toEqual(['tikTok.thread.unsupported']);
	});

	it.each([
		[[video()], 2200],
		[[photo()], 4000],
	])('is a text beyond its limit, by UTF-16', async (media, most) => {
		const text = `${'a'.repeat(most - 2)}😀`;
		expect(await rulesOf({ privacy }, media, { text })).toEqual([]);
		expect(await rulesOf({ privacy }, media, { text: `${text}a` })).toEqual(['tikTok.text.length']);
	});
});

describe('what the account does not allow', () => {
	const limits = {
		...tikTok.limits,
		creator: {
			privacy_level_options: ['FOLLOWER_OF_CREATOR', 'SELF_ONLY'],
			comment_disabled: true,
			duet_disabled: true,
			stitch_disabled: true,
			max_video_post_duration_sec: 60,
		},
	} as Limits;
	const allowAll = { allowComments: true, allowDuets: true, allowStitches: true };
	const found = async (options: IDataObject, media: Media[]) =>
		(await validate(tikTok, { text: '', media, options }, limits)).map(({ rule }) => rule);

	it('is named before anything is sent', async () => {
		expect(await found({ privacy: 'PUBLIC_TO_EVERYONE' }, [video()])).toEqual([
			'tikTok.privacy.choice',
		]);
		expect(await found({ privacy, ...allowAll }, [video({ seconds: 61 })])).toEqual([
			'tikTok.comments.off',
			'tikTok.duets.off',
			'tikTok.stitches.off',
			'tikTok.media.creatorDuration',
		]);
		expect(await found({ privacy, ...allowAll }, [photo()])).toEqual(['tikTok.comments.off']);
		expect(await found({ postType: 'draft', ...allowAll }, [video({ seconds: 61 })])).toEqual([]);
	});

	it('is asked once for all items of a run', async () => {
		const talk = conversation(HOST, [creator({ privacy_level_options: ['SELF_ONLY'] })]);
		const node = tikTokNode({
			operation: 'validate',
			text: 'Hello',
			options: { privacy: 'PUBLIC_TO_EVERYONE' },
		});
		const [first, second] = await outcome(node, [{ json: {} }, { json: {} }]);
		expect(first).toMatchObject({
			valid: false,
			problems: [{ rule: 'tikTok.media.missing' }, { rule: 'tikTok.privacy.choice' }],
		});
		expect(second).toEqual(first);
		talk.done();
	});

	it('is left open where the user did not grant publishing', async () => {
		const token = keptToken({ scope: 'user.info.basic' });
		const node = tikTokNode(
			{ operation: 'validate', text: 'Hello', options: { privacy } },
			{ token },
		);
		expect(await outcome(node)).toMatchObject([{ problems: [{ rule: 'tikTok.media.missing' }] }]);
	});

	it('is a warning where TikTok does not tell it', async () => {
		conversation(HOST, [['POST', CREATOR, 200, refusal('reached_active_user_cap')]]);
		const node = tikTokNode({ operation: 'validate', text: 'Hello', options: { privacy } });
		expect(await outcome(node)).toMatchObject([
			{
				warnings: [
					'Reading what the creator may choose failed: TikTok: Said so (reached_active_user_cap, log L1)',
				],
			},
		]);
	});
});
