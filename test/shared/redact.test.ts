import { redact, redactReply } from '@/nodes/shared/failure';

describe('redact', () => {
	it('cuts out known secrets', () => {
		const value = { said: 'my "password" is known', url: 'https://example.com/?token=abc' };
		expect(redact(value, ['"password"', ''])).toEqual({
			said: 'my [hidden] is known',
			url: 'https://example.com/?token=abc',
		});
	});

	it('cuts out of what a platform says those in URLs too', () => {
		const value = {
			next: 'https://graph.example.com/v1/me?limit=2&access_token=abc&after=x',
			message: 'Could not fetch https://n8n.example.com/rest/binary-data/signed?token=ey.J-h_b',
			said: 'my "password" is known',
			id: '12345678901234567890',
		};
		expect(redactReply(value, ['"password"', ''])).toEqual({
			next: 'https://graph.example.com/v1/me?limit=2&access_token=[hidden]&after=x',
			message: 'Could not fetch https://n8n.example.com/rest/binary-data/signed?token=[hidden]',
			said: 'my [hidden] is known',
			id: '12345678901234567890',
		});
	});

	it('leaves the rest as it is', () => {
		const value = { url: 'https://example.com/?tokens=3', when: undefined };
		expect(redact(value, ['long-secret'])).toBe(value);
	});
});
