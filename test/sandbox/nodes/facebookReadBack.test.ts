import { outcome } from '@/test/Facebook/setup';
import { advance } from '@/test/support/time';
import type { Fault } from '..';
import {
	asDescribed,
	failureOf,
	held,
	KINDS,
	node,
	publish,
	sandbox,
	useFacebook,
} from './facebookSetup';
import { CLOCKS, OF_OTHERS } from './readBackRows';

jest.setTimeout(60_000);

useFacebook();

const MINUTE = 60_000;
const lost = { kind: 'cut-after' };
/**
 * The faults begin with the publishing request, because the node must see that a Reel has arrived.
 */
const withholding = (kind: string) => {
	if (kind === 'reel') sandbox.faults.next('get', { kind: 'none' });
	for (const read of ['list', 'get']) sandbox.faults.always(read, { kind: '5xx-before' });
};

it.each(OF_OTHERS)('an answer that is not of Facebook, %j, tells nothing', async (fault) => {
	sandbox.faults.next('publish', fault);
	const { json, again } = await publish(KINDS.text);
	expect(json).toMatchObject({ id: held()[0].id, status: 'already_published', warnings: [] });
	expect(await again()).toEqual(json);
	expect(held()).toHaveLength(1);
});

it.each(['text', 'image', 'scheduled', 'photoStory'])(
	'a %s that comes late is found',
	async (kind) => {
		sandbox.faults.next('publish', { kind: 'takes-effect-late', afterMs: 10_000 });
		const { json, again } = await publish(KINDS[kind]);
		expect(json).toMatchObject({ id: held()[0].id });
		expect(await again()).toEqual(json);
		expect(held()).toHaveLength(1);
	},
);

describe.each(CLOCKS)('a clock that is %i ms ahead of n8n’s', (ahead) => {
	it('hides no post, nor makes an older one of the same words pass for it', async () => {
		sandbox.clock.advance(ahead);
		await publish(KINDS.text);
		advance(2 * MINUTE);
		sandbox.faults.next('publish', lost);
		const { json } = await publish(KINDS.text);
		expect(held()).toHaveLength(2);
		expect(json).toMatchObject({ id: held()[1].id, status: 'already_published' });

		advance(2 * MINUTE);
		sandbox.faults.next('publish', { kind: 'cut-before' });
		const { json: none } = await publish(KINDS.text);
		expect(failureOf(none)).toMatchObject({ code: 'platform_unavailable' });
	});
});

describe.each(['text', 'scheduled'])('two equal posts of kind %s', (kind) => {
	it.each([0, 1])('are told apart, should the answer to number %i be lost', async (which) => {
		const faults = [0, 1].map((at) => (at === which ? lost : { kind: 'none' }));
		sandbox.faults.next('publish', ...faults);
		const both = [{ json: {} }, { json: {} }];
		const told = await outcome(node(KINDS[kind].parameters), both);
		expect(told.map(({ id }) => id)).toEqual(held().map(({ id }) => id));
		expect(held()).toHaveLength(2);
	});
});

describe('a scheduled post', () => {
	it('is not one of the same words that is due at another time', async () => {
		await publish(KINDS.scheduled);
		held()[0].scheduled = Number(held()[0].scheduled) - 3600;
		sandbox.faults.next('publish', { kind: 'cut-before' });
		const { json } = await publish(KINDS.scheduled);
		expect(failureOf(json)).toMatchObject({ code: 'platform_unavailable' });
	});
});

describe('after a crash, with nothing known of the publishing request', () => {
	it.each(['text', 'link', 'image', 'scheduled', 'video', 'reel'])(
		'a %s is found',
		async (kind) => {
			const { operation, before } = KINDS[kind].publishing;
			sandbox.faults.next(operation, ...Array<Fault>(before).fill({ kind: 'none' }), lost);
			withholding(kind);
			const { json, again } = await publish(KINDS[kind]);
			expect(failureOf(json)).toMatchObject({ code: 'outcome_unknown' });

			sandbox.faults.clear();
			for (const video of sandbox.state.videos) video.pollsLeft = 0;
			const found = await again({ crashed: true });
			expect(found).toMatchObject({ id: held()[0].id, warnings: [] });
			expect(held()).toHaveLength(1);
		},
	);

	it.each([
		['text', 'published'],
		['photoStory', 'published'],
		// No list has posts that Facebook has not processed yet.
		['reel', 'outcome_unknown'],
	])('a %s that is not there: %s', async (kind, said) => {
		const { operation, before } = KINDS[kind].publishing;
		const none = Array<Fault>(before).fill({ kind: 'none' });
		sandbox.faults.next(operation, ...none, { kind: 'cut-before' });
		withholding(kind);
		const { again } = await publish(KINDS[kind]);
		sandbox.faults.clear();
		const json = await again({ crashed: true });
		expect(failureOf(json)?.code ?? json.status).toBe(said);
	});

	it('a story without words is left to a person where there is one since', async () => {
		sandbox.faults.next('publish', lost);
		withholding('photoStory');
		const { again } = await publish(KINDS.photoStory);
		sandbox.faults.clear();
		expect(failureOf(await again({ crashed: true }))).toMatchObject({ code: 'outcome_unknown' });
		expect(held()).toHaveLength(1);
	});
});

it('asked Facebook only for what Meta describes', asDescribed);
