import type { PlatformRecord } from './record';

/** test/pds tests posts on the real server; the imitations run next to it. */
export const bluesky = {
	sandboxes: {
		'bluesky-appview': async () => (await import('../sandbox/bluesky/appview')).blueskyAppView,
		'bluesky-video': async () => (await import('../sandbox/bluesky/video')).blueskyVideo,
	},
	contract: {
		answer: { uri: 'at://did:plc:a/app.bsky.feed.post/1', cid: 'c' },
		post: '3kabcdefghijk',
		state: (id) => ({ repo: id, rkey: id, record: {}, gates: [], film: { jobId: id } }),
		deciding: ['quotes', 'labels', 'quote', 'replyTo', 'replies', 'replyList'],
	},
	echo: {
		file: 'picture',
		start: async () => await (await import('../sandbox/bluesky/smallPds')).smallPds(),
		lostFile: true,
	},
} satisfies PlatformRecord;
