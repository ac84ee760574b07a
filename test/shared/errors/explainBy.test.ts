import { explainBy } from '@/nodes/shared/errors/explainBy';

const explain = explainBy({
	envelope: ({ error, message }) =>
		typeof error === 'string'
			? { codes: [undefined, error], text: String(message), rule: `x.${error}` }
			: undefined,
	byText: [
		[/spam/, { code: 'platform_rejected', rule: 'x.spam' }],
		[
			/already (\d+)/,
			({ text = '' }) => ({ code: 'duplicate', existingId: /\d+/.exec(text)?.[0] }),
		],
	],
	byCode: { old: { code: 'platform_auth_failed', tokenExpired: true } },
	byStatus: { 409: ({ rule }, { headers }) => ({ message: `${rule} ${String(headers.at)}` }) },
});

describe('errors by tables', () => {
	it.each<[string, number, unknown, object]>([
		['text before code', 409, { error: 'old', message: 'spam' }, { rule: 'x.spam' }],
		['a part of the text', 400, { error: 'a', message: 'already 12' }, { existingId: '12' }],
		['code before status', 409, { error: 'old' }, { tokenExpired: true, rule: 'x.old' }],
		['status at last', 409, { error: 'new' }, { message: 'x.new now' }],
	])('are found by %s', (_by, status, body, meaning) => {
		expect(explain({ status, headers: { at: 'now' }, body })).toMatchObject(meaning);
	});

	it.each(['constructor', 'toString', '__proto__'])('know no %s', (error) => {
		expect(explain({ status: 400, headers: {}, body: { error } })).toEqual({ rule: `x.${error}` });
	});

	it.each([null, '', '<html>', [], {}, 7])('are none in another form: %j', (body) => {
		expect(explain({ status: 409, headers: {}, body })).toBeUndefined();
	});
});
