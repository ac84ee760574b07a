import type { IExecuteFunctions } from 'n8n-workflow';

import { httpOf, withLongNumbers } from '@/nodes/shared/http/http';

const broken = (code: string, more: object = {}) =>
	Object.assign(new Error(code), { code, ...more });

/** Fails like n8n's helper: the HTTP client wraps this error in its own. */
const replyTo = async (cause: Error & { code: string }) => {
	const httpRequest = async () => await Promise.reject(broken(cause.code, { cause }));
	const fn = { helpers: { httpRequest } } as unknown as IExecuteFunctions;
	return await httpOf(fn)({ method: 'POST', url: 'https://social.example.com/posts' });
};

describe('a request without an answer', () => {
	it.each([
		['ECONNREFUSED', { syscall: 'connect' }],
		['ETIMEDOUT', { syscall: 'connect' }],
		['ENOTFOUND', { syscall: 'getaddrinfo' }],
		// Node.js reports this if none of a host's addresses can be reached.
		['ENETUNREACH', { errors: [broken('ENETUNREACH', { syscall: 'connect' })] }],
	])('was not sent where there was no connection: %s %j', async (code, more) => {
		const reply = await replyTo(broken(code, more));
		expect(reply).toEqual({ status: 0, headers: {}, body: code, unsent: true });
	});

	it.each([
		['ECONNRESET', { syscall: 'read' }],
		['ETIMEDOUT', { syscall: 'read' }],
		['EHOSTUNREACH', { syscall: 'read' }],
		['ENETUNREACH', { syscall: 'write' }],
		['ECONNABORTED', {}],
	])('may have been sent otherwise: %s %j', async (code, more) => {
		const reply = await replyTo(broken(code, more));
		expect(reply).toEqual({ status: 0, headers: {}, body: code });
	});
});

describe('long numbers', () => {
	it.each(['a', '\\"', '\\\\'])('are looked for beside texts of any length: %s', (unit) => {
		const said = unit.repeat((8 * 1024 * 1024) / unit.length);
		const found = withLongNumbers(`{"said":"${said}","id":7574000000000000001}`);
		expect(found).toMatchObject({ id: '7574000000000000001' });
		expect(withLongNumbers(`"${said}`)).toBe(`"${said}`);
	});

	it.each([
		['{"id":7574000000000000001,"n":1}', { id: '7574000000000000001', n: 1 }],
		['[9007199254740993, -9007199254740993]', ['9007199254740993', '-9007199254740993']],
		[
			'{"a":"id: 7574000000000000001, \\"7574000000000000001"}',
			{ a: 'id: 7574000000000000001, "7574000000000000001' },
		],
		['[0.1234567890123456, 1e21, 123456789012345]', [0.1234567890123456, 1e21, 123456789012345]],
		['', ''],
		['<html>7574000000000000001', '<html>7574000000000000001'],
	])('%s keep their digits', (text, parsed) => {
		expect(withLongNumbers(text)).toEqual(parsed);
	});
});
