import type { IDataObject } from 'n8n-workflow';

import { binary, resultOf, resultsOf } from '@/test/Pinterest/setup';
import {
	asDescribed,
	codeOf,
	item,
	KINDS,
	node,
	parametersOf,
	publish,
	sandbox,
	secretsOf,
	usePinterest,
} from './pinterestSetup';

usePinterest();

/** Fault of the publishing request, outcome, and number of Pins. */
const FAULTS: ReadonlyArray<readonly [kind: string, outcome: string, pins: number]> = [
	['none', 'published', 1],
	['429', 'rate_limited', 0],
	['5xx-before', 'platform_unavailable', 0],
	['5xx-after', 'already_published', 1],
	['cut-before', 'platform_unavailable', 0],
	['cut-after', 'already_published', 1],
	['expired-token', 'published', 1],
	['revoked-token', 'platform_auth_failed', 0],
	['refused', 'platform_rejected', 0],
	['trial', 'permission_missing', 0],
	['few-scopes', 'permission_missing', 0],
	['not-permitted', 'permission_missing', 0],
	['spam', 'platform_rejected', 0],
	['conflict', 'published', 1],
	['unreachable', 'published', 1],
];

describe.each(Object.keys(KINDS))('publishing: %s', (name) => {
	it.each(FAULTS)('with fault %s: %s, %i Pins', async (kind, outcome, pins) => {
		const tried = node(parametersOf(name, { rateLimitWait: 0 }));
		const secrets = secretsOf(tried);
		if (kind !== 'none') sandbox.faults.next('publish', { kind });
		const result = await publish(tried);
		const { posts } = sandbox.state;
		expect([codeOf(result), posts.length]).toEqual([outcome, pins]);
		if (pins === 1) {
			expect(posts).toMatchObject([KINDS[name].holds()]);
			const { id } = posts[0];
			expect(result).toMatchObject({
				id,
				url: `${sandbox.url}/pin/${id}/`,
				account: { name: 'demo' },
			});
		}
		const shown = JSON.stringify(result);
		for (const secret of [...secrets, ...secretsOf(tried)]) expect(shown).not.toContain(secret);

		// n8n runs the node again: there is still one Pin, and none without a token.
		const dead = outcome === 'platform_auth_failed';
		const again = await publish(tried);
		expect(codeOf(again)).toBe(dead ? outcome : pins === 1 ? outcome : 'published');
		expect(posts).toHaveLength(dead ? 0 : 1);
	});
});

describe.each(['film', 'film and cover'])('resuming: %s', (name) => {
	it.each(FAULTS)('with fault %s: %s, %i Pins', async (kind, outcome, pins) => {
		sandbox.faults.next('media.upload', { kind: 'slow-processing', polls: 3 });
		const tried = node(parametersOf(name, { processingWait: 0, rateLimitWait: 0 }));
		const secrets = secretsOf(tried);
		const { resume } = await publish(tried);
		const { options, ...state } = resume as IDataObject;
		const parameters = {
			operation: 'resume',
			resume: { ...state, options: { ...(options as IDataObject), processingWait: 300 } },
		};
		if (kind !== 'none') sandbox.faults.next('publish', { kind });
		const result = await resultOf(tried, [{ json: {} }], { parameters, fresh: true });
		const { posts, uploads } = sandbox.state;
		expect([codeOf(result), posts.length, uploads.length]).toEqual([outcome, pins, 1]);
		if (pins === 1) {
			expect(posts).toMatchObject([KINDS[name].holds()]);
			expect(result.id).toBe(posts[0].id);
		}
		const shown = JSON.stringify([resume, result]);
		for (const secret of [...secrets, ...secretsOf(tried)]) expect(shown).not.toContain(secret);

		// n8n runs the node again: there is still one Pin, and none without a token.
		const dead = outcome === 'platform_auth_failed';
		const again = await resultOf(tried, [{ json: {} }], { parameters });
		expect(codeOf(again)).toBe(dead ? outcome : pins === 1 ? outcome : 'published');
		expect(posts).toHaveLength(dead ? 0 : 1);
	});
});

describe('the second of two Pins', () => {
	const EACH_ITS_OWN = '={{ "Picture " + $itemIndex }}';

	it.each([
		['that both have no words', '', '5xx-before', 'platform_unavailable', 1],
		['that both have no words', '', '5xx-after', 'outcome_unknown', 2],
		['told apart by alt texts', EACH_ITS_OWN, '5xx-before', 'platform_unavailable', 1],
		['told apart by alt texts', EACH_ITS_OWN, '5xx-after', 'already_published', 2],
	])('%s (%s) with fault %s: %s, %i Pins', async (_what, alt, kind, outcome, pins) => {
		sandbox.faults.next('publish', { kind: 'none' }, { kind });
		const tried = node({ media: binary('a', alt) });
		const [first, second] = await resultsOf(tried, [await item(), await item()]);
		const { posts } = sandbox.state;
		expect([codeOf(second), posts.length]).toEqual([outcome, pins]);
		expect(first).toMatchObject({ id: posts[0].id, status: 'published' });
		if (outcome === 'already_published') expect(second.id).toBe(posts[1].id);
	});
});

describe('what comes before a Pin of a video', () => {
	const film = (options = {}) => node(parametersOf('film', { rateLimitWait: 100, ...options }));

	it.each([
		['media.register', ['cut-before', '5xx-after', '429', 'expired-token']],
		['media.upload', ['cut-before', '5xx-before', 'cut-after']],
		['media.status', ['cut-before', '5xx-after', '429', 'expired-token']],
	])('is repeated at %s after %j', async (operation, kinds) => {
		sandbox.faults.next(operation, ...kinds.map((kind) => ({ kind })));
		expect(await publish(film())).toMatchObject({ status: 'published' });
		expect(sandbox.faults.pending()).toEqual([]);
		expect(sandbox.state.posts).toMatchObject([KINDS.film.holds()]);
	});

	it.each([
		['media.upload', {}, 'pinterest.media.upload'],
		['media.upload', { late: true }, 'pinterest.media.processing'],
	])('is refused at %s %j', async (operation, more, rule) => {
		sandbox.faults.next(operation, { kind: 'media-refused', ...more });
		const { error } = await publish(film());
		expect(error).toMatchObject({ code: 'media_rejected', rule, retryable: false });
		expect(sandbox.state.posts).toEqual([]);
	});
});

it('says that a picture cannot be fetched, after some tries', async () => {
	sandbox.faults.always('publish', { kind: 'unreachable' });
	const { error } = await publish(node(parametersOf('url')));
	expect(error).toMatchObject({ code: 'media_rejected', rule: 'pinterest.media.url' });
	expect(sandbox.requests.filter(({ operation }) => operation === 'publish')).toHaveLength(5);
});

it('asked Pinterest only for what its OpenAPI file knows', () => asDescribed());
