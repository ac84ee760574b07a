import { outcome } from '@/test/LinkedIn/setup';
import {
	expectNoSecret,
	KINDS,
	node,
	ready,
	sandbox,
	target,
	useLinkedIn,
	WORKS,
	wordOf,
} from './linkedInSetup';

// Slow machines need long for the many looks at a post.
jest.setTimeout(20_000);
useLinkedIn();

type Row = [fault: string, said: string, posts: number];

/**
 * Fault of the publishing request, code or status of the result, and posts; the same for all
 * authors.
 */
const ALWAYS: Row[] = [
	['none', 'published', 1],
	['429', 'rate_limited', 0],
	['daily-limit', 'quota_exceeded', 0],
	['expired-token', 'platform_auth_failed', 0],
	['revoked-token', 'platform_auth_failed', 0],
	['refused', 'platform_rejected', 0],
	['denied', 'permission_missing', 0],
	['duplicate', 'duplicate', 0],
	['sunset', 'platform_rejected', 0],
	['processing-failed', 'media_rejected', 0],
	['waiting-upload', 'published', 1],
	['conflict', 'published', 1],
];

/** A member's posts cannot be read back. */
const AS_MEMBER: Row[] = [
	['5xx-before', 'outcome_unknown', 0],
	['5xx-after', 'outcome_unknown', 1],
	['cut-before', 'outcome_unknown', 0],
	['cut-after', 'outcome_unknown', 1],
];

const AS_ORGANIZATION: Row[] = [
	['5xx-before', 'platform_unavailable', 0],
	['5xx-after', 'already_published', 1],
	['cut-before', 'platform_unavailable', 0],
	['cut-after', 'already_published', 1],
];

const DEAD = ['expired-token', 'revoked-token'];

describe.each([
	['a member', {}, 'member', [...ALWAYS, ...AS_MEMBER]],
	['an organization', target(WORKS), 'all', [...ALWAYS, ...AS_ORGANIZATION]],
] as const)('as %s', (_author, more, kind, rows) => {
	describe.each(Object.keys(KINDS))('publishing: %s', (name) => {
		it.each(rows)('with fault %s: %s, %i posts', async (fault, said, posts) => {
			const { node, holds, once, made } = await ready(name, more, { kind });
			sandbox.faults.next('publish', { kind: fault });
			const result = await once();
			expect([wordOf(result), made().length]).toEqual([said, posts]);
			expectNoSecret(node, result);
			if (posts === 1) expect(made()).toMatchObject([holds]);
			if (!result.error) {
				expect(result).toMatchObject({
					id: made()[0].id,
					url: made()[0].url,
					account: { name: kind === 'member' ? 'Demo Sandbox' : 'Crosspost Works' },
				});
			}

			// n8n runs the node again: a post that is published, or may be, is not posted twice.
			const again = await once();
			const open = said === 'outcome_unknown' || DEAD.includes(fault);
			expect(made()).toHaveLength(open ? posts : 1);
			expect(wordOf(again)).toBe(
				open ? said : wordOf(posts === 1 ? result : { status: 'published' }),
			);
		});
	});
});

describe('Resume for an organization, with media and a link', () => {
	it.each(AS_ORGANIZATION)('with fault %s: %s, %i posts', async (fault, said, posts) => {
		const more = { link: 'https://example.org/article', options: {}, ...target(WORKS) };
		const { once, made } = await ready('image', { ...more, text: 'One' });
		sandbox.faults.next('upload', { kind: 'slow-processing', polls: 60 });
		const waiting = await once();
		expect(wordOf(waiting)).toBe('processing');
		sandbox.clock.advance(600_000);

		const resumed = node({ operation: 'resume', resume: waiting.resume });
		const resume = async () => (await outcome(resumed))[0];
		sandbox.faults.next('publish', { kind: fault });
		const result = await resume();
		expect([wordOf(result), made().length]).toEqual([said, posts]);
		const again = await resume();
		expect(wordOf(again)).toBe(posts === 1 ? said : 'published');
		expect(made()).toMatchObject([{ id: again.id, text: 'One\n\nhttps://example.org/article' }]);
	});
});

describe('what comes before the publishing request', () => {
	const kinds = ['429', '5xx-before', '5xx-after', 'cut-before', 'cut-after'];
	const steps: Array<[string, string]> = [
		['image', 'initialize'],
		['image', 'upload'],
		['image', 'status'],
		['document', 'upload'],
		['video', 'initialize'],
		['video', 'part'],
		['video', 'status'],
	];

	it.each(kinds.flatMap((kind) => steps.map((step): [string, string, string] => [kind, ...step])))(
		'meets %s in a post with %s at %s',
		async (kind, name, operation) => {
			const { once, made, holds } = await ready(name, target(WORKS));
			sandbox.faults.next(operation, { kind });
			const said = kind === '429' ? 'rate_limited' : 'published';
			expect(wordOf(await once())).toBe(said);
			expect(wordOf(await once())).toBe('published');
			expect(made()).toMatchObject([holds]);
		},
	);

	it.each(['initialize', 'upload'])('media refused at %s keep the post back', async (operation) => {
		const { once, made } = await ready('image', target(WORKS));
		sandbox.faults.next(operation, { kind: 'media-refused' });
		expect(wordOf(await once())).toBe('permission_missing');
		expect(made()).toEqual([]);
	});

	it('media that fail later keep the post back where their state can be read', async () => {
		const { once, made } = await ready('image', target(WORKS));
		sandbox.faults.next('upload', { kind: 'media-refused', late: true });
		expect(wordOf(await once())).toBe('media_rejected');
		expect(made()).toEqual([]);
	});
});
