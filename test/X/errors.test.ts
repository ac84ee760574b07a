import type { IDataObject } from 'n8n-workflow';

import { explain } from '@/nodes/X/errors';
import { conversation, type Line } from '../support/conversation';
import { ALICE, resultOf, xNode } from './setup';

const X = 'https://api.x.com';
const me: Line = ['GET', '/2/users/me', 200, { data: { id: ALICE.id, username: ALICE.name } }];
const PROBLEMS = 'https://api.twitter.com/2/problems';
const RESET = '2096-01-01T00:00:00.000Z';

/** Returns the failure of a post if X gives this answer to every request. */
async function failed(status: number, body: IDataObject | string, headers = {}, times = 1) {
	const answer: Line = ['POST', '/2/tweets', status, body, headers];
	const talk = conversation(X, [me, ...Array<Line>(times).fill(answer)]);
	const parameters = { text: 'Hello', options: { rateLimitWait: 0 } };
	const { error } = await resultOf(xNode(parameters, { continueOnFail: true }));
	talk.done();
	return error as IDataObject;
}

const forbidden = (detail: string, type = 'about:blank') => ({
	title: 'Forbidden',
	status: 403,
	detail,
	type,
});
const typed = (name: string, title = 'Problem') => ({ title, detail: 'Why', type: name });

describe('a refusal by the name of its problem', () => {
	it.each<[string, number, string]>([
		['client-forbidden', 403, 'permission_missing'],
		['not-authorized-for-field', 403, 'permission_missing'],
		['not-authorized-for-resource', 403, 'permission_missing'],
		['oauth1-permissions', 403, 'permission_missing'],
		['unsupported-authentication', 403, 'platform_auth_failed'],
		['resource-not-found', 404, 'not_found'],
		['resource-unavailable', 404, 'not_found'],
		['disallowed-resource', 403, 'platform_rejected'],
		['invalid-request', 400, 'platform_rejected'],
		['rate-limit-exceeded', 429, 'rate_limited'],
		['usage-capped', 429, 'quota_exceeded'],
		['credits', 402, 'quota_exceeded'],
	])('%s (HTTP %i) is %s', async (name, status, code) => {
		const told = { code, rule: `x.${name}`, message: 'X: Why', httpStatus: status };
		expect(await failed(status, typed(`${PROBLEMS}/${name}`))).toMatchObject(told);
		expect(await failed(status, typed(`https://api.x.com/2/problems/${name}`))).toMatchObject(told);
	});
});

describe('a refusal by its words', () => {
	const notAuthorized = `${PROBLEMS}/not-authorized-for-resource`;

	it.each<[string, IDataObject, string, string]>([
		[
			'a text posted lately',
			forbidden('You are not allowed to create a Tweet with duplicate content.'),
			'duplicate',
			'x.post.duplicate',
		],
		[
			'a reply without a mention',
			forbidden(
				'Reply to this conversation is not allowed because you have not been mentioned.',
				notAuthorized,
			),
			'platform_rejected',
			'x.reply.policy',
		],
		[
			'a reply or quote without a mention',
			forbidden(
				'You can only reply to or quote posts where you are mentioned or are the author.',
				notAuthorized,
			),
			'platform_rejected',
			'x.reply.policy',
		],
		[
			'a quote',
			forbidden('Quoting this post is not allowed.'),
			'platform_rejected',
			'x.quote.policy',
		],
		[
			'a text that needs Premium',
			forbidden('Your Tweet text is too long. For more information on how Twitter determines…'),
			'platform_rejected',
			'x.text.length',
		],
		[
			'a wrong link',
			forbidden('The Tweet contains an invalid URL.'),
			'platform_rejected',
			'x.text.url',
		],
		[
			'two cashtags',
			forbidden('A post may have at most one cashtag.'),
			'platform_rejected',
			'x.cashtag.count',
		],
		[
			'a long film',
			forbidden('This user is not allowed to post a video longer than 2 minutes.'),
			'media_rejected',
			'x.media.duration',
		],
		[
			'whatever else',
			forbidden('You are not permitted to perform this action.'),
			'permission_missing',
			'x.permission',
		],
	])('%s', async (_name, body, code, rule) => {
		expect(await failed(403, body)).toMatchObject({ code, rule, retryable: false });
	});

	it('a parent that is not visible yet is waited for', async () => {
		const detail = 'You attempted to reply to a Tweet that is deleted or not visible to you.';
		const found = await failed(403, forbidden(detail), {}, 5);
		expect(found).toMatchObject({ code: 'not_found', rule: 'x.reply.target' });
	});
});

describe('limits', () => {
	it('of money say where to lift them, and when they end by themselves', async () => {
		expect(await failed(402, typed(`${PROBLEMS}/credits`, 'CreditsDepleted'))).toMatchObject({
			code: 'quota_exceeded',
			remediation: 'Buy credits for the app at console.x.com.',
		});
		const capped = { ...typed(`${PROBLEMS}/credits`, 'SpendCapReached'), reset_date: RESET };
		expect(await failed(403, capped)).toMatchObject({ code: 'quota_exceeded', retryAt: RESET });
	});

	it('of minutes tell their end', async () => {
		const seconds = Math.ceil(Date.now() / 1000) + 900;
		const headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(seconds) };
		for (const body of [{ title: 'Too Many Requests' }, { errors: [{ code: 88 }] }]) {
			const { code, retryable, retryAt } = await failed(429, body, headers);
			expect([code, retryable]).toEqual(['rate_limited', true]);
			expect(Math.abs(Date.parse(String(retryAt)) / 1000 - seconds)).toBeLessThan(5);
		}
	});

	it.each(['user', 'app'])('of the day (%s) are no matter of waiting here', async (whose) => {
		const headers = {
			[`x-${whose}-limit-24hour-remaining`]: '0',
			[`x-${whose}-limit-24hour-reset`]: String(Date.parse(RESET) / 1000),
		};
		expect(await failed(429, { title: 'Too Many Requests' }, headers)).toMatchObject({
			code: 'quota_exceeded',
			rule: 'x.rate.daily',
			retryAt: RESET,
		});
	});
});

describe('an answer of another shape', () => {
	it.each<[number, IDataObject | string]>([
		[400, 'Bad Request'],
		[404, {}],
		[403, { message: 'Forbidden' }],
		[409, '<html>'],
		[451, { status: 451, error: 'Unavailable For Legal Reasons' }],
	])('is none of X, and proves nothing: HTTP %i %j', async (status, body) => {
		expect(explain({ status, headers: {}, body })).toBeUndefined();
		expect(await failed(status, body)).toMatchObject({ code: 'outcome_unknown' });
	});

	it('is read without an exception', () => {
		const body = { title: 'Invalid Request', errors: {} };
		expect(explain({ status: 400, headers: {}, body })).toBeUndefined();
		expect(explain({ status: 200, headers: {}, body })).toBeUndefined();
	});

	it('is a refusal where it has errors and nothing else', async () => {
		const body = { errors: [{ detail: 'No such post', type: `${PROBLEMS}/resource-not-found` }] };
		expect(await failed(200, body)).toMatchObject({
			code: 'not_found',
			rule: 'x.resource-not-found',
			message: 'X: No such post',
		});
	});

	it('is good where errors stand beside the post', async () => {
		const body = { data: { id: '9' }, errors: [{ title: 'Field not found' }] };
		const talk = conversation(X, [me, ['POST', '/2/tweets', 201, body]]);
		expect(await resultOf(xNode({ text: 'Hello' }))).toMatchObject({ id: '9' });
		talk.done();
	});
});
