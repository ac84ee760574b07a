import { conversation } from '../../support/conversation';
import { testNode } from '../../support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '../../support/platform';
import type { Platform } from '@/nodes/shared/contract/platform';
import { optionsOf } from '@/nodes/shared/editor/describe';
import { validate } from '@/nodes/shared/publish/validate';

const pictures = {
	...samplePlatform({
		limits: { text: { max: 10, unit: 'codePoints' }, media: {}, mediaRequired: true },
	}),
	threads: undefined,
} satisfies Platform;

const namesOf = (platform: Platform) => ({
	fields: nodeOf(platform).description.properties.map(({ name }) => name),
	options: optionsOf(platform).map(({ name }) => name),
});

describe('a platform without threads', () => {
	it('asks for none', () => {
		const { fields, options } = namesOf(pictures);
		expect(fields).not.toContain('thread');
		expect(options).toEqual(['idempotencyKey', 'remember', 'processingWait', 'rateLimitWait']);
		const usual = namesOf(samplePlatform());
		expect(usual.fields).toContain('thread');
		expect(usual.options).toEqual(expect.arrayContaining(['longText', 'numbering']));
	});

	it('splits no text, whatever the options of a node for many platforms say', async () => {
		const talk = conversation(HOST, []);
		const node = testNode({
			type: nodeOf({ ...pictures, limits: { ...pictures.limits, mediaRequired: undefined } }),
			parameters: {
				resource: 'post',
				operation: 'publish',
				text: 'One two three four',
				options: { longText: 'thread' },
			},
			credentials: [
				{
					type: sampleCredential,
					data: { password: 'pw-1', oauthTokenData: { access_token: 'at' } },
				},
			],
			continueOnFail: true,
		});
		const [[{ json }]] = await node.run();
		expect(json.error).toMatchObject({ rule: 'sample.text.length' });
		expect(talk.requests).toEqual([]);
	});
});

it('names missing media where a platform takes no posts without', async () => {
	const found = await validate(pictures, { text: 'Hello', media: [], options: {} });
	const message = 'Sample takes no posts without media';
	expect(found).toEqual([{ rule: 'sample.media.missing', message, lacks: 'media' }]);
});
