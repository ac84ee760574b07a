import type { Fault } from '..';
import { asked, failureOf, held, KINDS, publish, sandbox, useTikTok } from './tikTokSetup';

jest.setTimeout(60_000);

useTikTok();

type Row = [fault: Fault, said: string, posts: number, times?: number];

/** Stands for the status of a success, which is different for drafts. */
const OUT = 'out';

/** Faults that are refused at every request: the failure's code, and no post. */
const REFUSED: Row[] = [
	[{ kind: 'revoked-token' }, 'platform_auth_failed', 0],
	[{ kind: 'refused' }, 'platform_rejected', 0],
	[{ kind: 'scope_not_authorized' }, 'permission_missing', 0],
	[{ kind: 'unaudited_client_can_only_post_to_private_accounts' }, 'permission_missing', 0],
	[{ kind: 'privacy_level_option_mismatch' }, 'platform_rejected', 0],
	[{ kind: 'url_ownership_unverified' }, 'media_rejected', 0],
	[{ kind: 'spam_risk_too_many_posts' }, 'quota_exceeded', 0],
	[{ kind: 'spam_risk_too_many_pending_share' }, 'quota_exceeded', 0],
	[{ kind: 'spam_risk_user_banned_from_posting' }, 'platform_rejected', 0],
	[{ kind: 'reached_active_user_cap' }, 'quota_exceeded', 0],
	[{ kind: 'media-refused' }, 'media_rejected', 0],
	[{ kind: 'media-refused', late: true }, 'late', 0],
];

const LIMITED: Row[] = [
	[{ kind: '429' }, OUT, 1],
	[{ kind: '429' }, 'rate_limited', 0, 3],
	[{ kind: 'expired-token' }, OUT, 1],
];

const AT_INIT: Row[] = [...LIMITED, ...REFUSED];

/**
 * Before a file is uploaded nothing can be published; but each share that TikTok has accepted
 * counts as pending.
 */
const LOST_AT_INIT: Array<[fault: Fault, begun: number]> = [
	[{ kind: '5xx-before' }, 0],
	[{ kind: '5xx-after' }, 1],
	[{ kind: '5xx-before', status: 502 }, 0],
	[{ kind: 'cut-before' }, 0],
	[{ kind: 'cut-after' }, 1],
];

/**
 * TikTok publishes after the last chunk, which belongs to one post even if it is sent several
 * times.
 */
const AT_UPLOAD: Row[] = [
	[{ kind: '5xx-before' }, OUT, 1],
	[{ kind: '5xx-after' }, OUT, 1],
	[{ kind: 'cut-before' }, OUT, 1],
	[{ kind: 'cut-after' }, OUT, 1],
	[{ kind: '5xx-before' }, 'platform_unavailable', 0, 4],
	[{ kind: 'cut-before' }, 'platform_unavailable', 0, 4],
	[{ kind: 'refused' }, 'media_rejected', 0],
];

/** If TikTok fetches the media itself, its answer is all that the node gets. */
const AT_FETCH: Row[] = [
	...LIMITED,
	...REFUSED,
	[{ kind: '5xx-before' }, 'outcome_unknown', 0],
	[{ kind: 'cut-before' }, 'outcome_unknown', 0],
	[{ kind: '5xx-after' }, 'found', 1],
	[{ kind: 'cut-after' }, 'found', 1],
	[{ kind: '5xx-after', status: 502 }, 'found', 1],
];

const AT_READING: Row[] = [
	[{ kind: '429' }, OUT, 1],
	[{ kind: '5xx-before' }, OUT, 1],
	[{ kind: '5xx-before', status: 502 }, OUT, 1],
	[{ kind: 'cut-after' }, OUT, 1],
	[{ kind: 'expired-token' }, OUT, 1],
];

/** Only public videos can be found again without a publish_id. */
const told = (kind: string, said: string, { said: out }: { said: string }) => {
	if (said === OUT) return [out, 'already_published'];
	if (said === 'found') return kind === 'pulled' ? ['already_published'] : ['outcome_unknown'];
	// TikTok gives no specific reason for failed photos.
	if (said === 'late')
		return kind.startsWith('photo') ? ['platform_unavailable'] : ['media_rejected'];
	return [said];
};

async function expectTold(kind: string, said: string, posts: number) {
	const { json, again, secrets } = await publish(KINDS[kind]);
	const failed = failureOf(json);
	expect(told(kind, said, KINDS[kind])).toContain(failed?.code ?? json.status);
	expect(held()).toHaveLength(posts);
	const shown = JSON.stringify([json, failed]);
	for (const secret of [...secrets(), 'signed?token=ey']) expect(shown).not.toContain(secret);
	return { json, again };
}

const meeting = (operation: string, [fault, , , times = 1]: Row) =>
	sandbox.faults.next(operation, ...Array<Fault>(times).fill(fault));

describe.each(['video', 'video draft'])('publishing a %s from a file', (kind) => {
	it.each(AT_INIT)('meets %j at the beginning: %s, %i', async (...row) => {
		meeting(KINDS[kind].init, row);
		await expectTold(kind, row[1], row[2]);
	});

	it.each(LOST_AT_INIT)('does not begin again by itself after %j', async (fault, begun) => {
		sandbox.faults.next(KINDS[kind].init, fault);
		const { again } = await expectTold(kind, 'platform_unavailable', 0);
		expect(sandbox.state.tasks).toHaveLength(begun);
		expect(asked(KINDS[kind].init)).toBe(1);

		// Then n8n runs the node again.
		expect(await again()).toMatchObject({ status: KINDS[kind].said });
		expect(held()).toHaveLength(1);
	});

	it.each(AT_UPLOAD)('meets %j at the last chunk: %s, %i', async (...row) => {
		meeting('upload', row);
		const { json, again } = await expectTold(kind, row[1], row[2]);
		sandbox.faults.clear();

		// n8n runs the node again: there is still one post.
		const repeated = await again();
		if (row[2] === 1) expect(repeated).toEqual(json);
		expect(held()).toHaveLength(1);
	});
});

describe.each(['pulled', 'photos', 'photo draft'])('publishing %s from an address', (kind) => {
	it.each(AT_FETCH)('meets %j: %s, %i', async (...row) => {
		const [, said, posts] = row;
		meeting(KINDS[kind].publish, row);
		const { json, again } = await expectTold(kind, said, posts);
		sandbox.faults.clear();

		const repeated = await again();
		if (said === OUT) expect(repeated).toEqual(json);
		const open = failureOf(json)?.code === 'outcome_unknown';
		const dead = said === 'platform_auth_failed';
		expect(held()).toHaveLength(open || dead ? posts : 1);
	});
});

describe.each(Object.keys(KINDS))('asking about a post of kind %s', (kind) => {
	it.each(AT_READING)('meets %j: %s, %i', async (...row) => {
		meeting('status', row);
		await expectTold(kind, row[1], row[2]);
	});

	it('is settled by its publish_id once TikTok answers again', async () => {
		sandbox.faults.always('status', { kind: '5xx-before' });
		const { again } = await expectTold(kind, 'outcome_unknown', 1);
		sandbox.faults.clear();
		expect(told(kind, OUT, KINDS[kind])).toContain((await again()).status);
		expect(held()).toHaveLength(1);
	});
});

describe.each(['video', 'photos'])('reading what the creator may choose before %s', (kind) => {
	it.each(AT_READING)('meets %j: %s, %i', async (...row) => {
		meeting('creator', row);
		await expectTold(kind, row[1], row[2]);
	});

	it('keeps the post back if TikTok does not tell it', async () => {
		sandbox.faults.always('creator', { kind: '5xx-before' });
		await expectTold(kind, 'platform_unavailable', 0);
	});
});
