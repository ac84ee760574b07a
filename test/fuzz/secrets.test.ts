import fc from 'fast-check';

import { outcomeOf } from './outcome';
import { bodies, texts } from './setup';
import { platforms } from '@/nodes/platforms';
import { granted, refusalIn } from '@/nodes/shared/connection/tokenAnswer';
import { secretsGiven, secretsSent } from '@/nodes/shared/errors/carried';
import { layersOf } from '@/nodes/shared/errors/layers';
import { redact, redactReply } from '@/nodes/shared/errors/redact';
import { urlSecretsIn, withoutUrlSecrets } from '@/nodes/shared/errors/secretUrl';
import { retryAtOf } from '@/nodes/shared/http/rateLimit';

const MB = 1024 * 1024;

const tricky = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				...['%', '%25', '&amp', '&amp;', '&#', '&#x41', ';', '\\', '\\u00', '\\n', '?token=', '&'],
				...['https://', '@', ':', '/bot1:', 'hooks.slack.com/services/', 'data[', ']=', '\n'],
			),
			fc.string({ maxLength: 6 }),
		),
		{ maxLength: 30 },
	)
	.map((all) => all.join(''));

it('a text has layers, each of whose letters stands in the text', () => {
	fc.assert(
		fc.property(fc.oneof(tricky, texts), (text) => {
			for (const { text: layer, from } of layersOf(text)) {
				expect(layer.length).toBeLessThanOrEqual(text.length);
				for (let at = 1; at <= layer.length; at++) {
					const [before, place] = [from?.[at - 1] ?? at - 1, from?.[at] ?? at];
					expect(place).toBeGreaterThanOrEqual(before);
					expect(place).toBeLessThanOrEqual(text.length);
				}
			}
		}),
	);
});

it('what is secret in addresses lies within the text, and once hidden stays so', () => {
	fc.assert(
		fc.property(fc.oneof(tricky, texts), (text) => {
			for (const [start, end] of urlSecretsIn(text)) {
				expect(start).toBeLessThan(end);
				expect(end).toBeLessThanOrEqual(text.length);
			}
			expect(typeof withoutUrlSecrets(text)).toBe('string');
		}),
	);
});

const writings: Array<[string, (secret: string) => string]> = [
	['as it is', (secret) => secret],
	['in a URL', encodeURIComponent],
	['in JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
	['in base64', (secret) => Buffer.from(secret).toString('base64')],
	[
		'in base64 in lines',
		(secret) => Buffer.from(secret).toString('base64').replace(/.{8}/g, '$&\n'),
	],
];

it.each(writings)('a secret is hidden %s', (_how, write) => {
	const letters = fc.string({ minLength: 10, maxLength: 40 });
	fc.assert(
		fc.property(letters, (given) => {
			const secret = given.trim();
			if (secret.length < 10) return;
			const said = write(secret);
			expect(redact(`«${said}»`, [given])).not.toContain(said);
		}),
	);
});

it('a request and an answer carry what they carry', () => {
	fc.assert(
		fc.property(bodies, texts, (body, path) => {
			expect(secretsSent({ path }).every((one) => one.length >= 8)).toBe(true);
			expect(secretsGiven(body).every((one) => one.length >= 8)).toBe(true);
		}),
	);
});

describe.each(platforms.map((platform) => [platform.name, platform] as const))(
	'an answer in the place of a token of %s',
	(_name, platform) => {
		it('is a token, a refusal or is refused', async () => {
			await fc.assert(
				fc.asyncProperty(bodies, async (body) => {
					refusalIn(body);
					const token = await outcomeOf(() => granted(platform, body, ['long-secret']));
					if (token) expect(typeof token.access_token).toBe('string');
				}),
			);
		});
	},
);

it('a time to try again is one, or none', () => {
	const name = fc.constantFrom(
		'retry-after',
		'x-ratelimit-reset',
		'ratelimit-reset',
		'x-app-usage',
	);
	const value = fc.oneof(texts, fc.double().map(String), fc.date().map(String), fc.jsonValue());
	fc.assert(
		fc.property(name, value, (header, said) => {
			const { retryAt } = retryAtOf({ [header]: said as string });
			if (retryAt !== undefined) expect(Number.isNaN(Date.parse(retryAt))).toBe(false);
		}),
	);
});

it('a large answer takes memory in proportion to it', () => {
	const unit = '{"a":"%25&amp;\\u0041 https://u:p@a.example/?token=abc"},';
	const body = { said: unit.repeat(MB / unit.length) };
	const before = process.memoryUsage();
	redactReply(body, ['long-secret']);
	const after = process.memoryUsage();
	expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(100 * MB);
	expect(after.heapUsed - before.heapUsed).toBeLessThan(500 * MB);
});
