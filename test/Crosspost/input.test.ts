import type { IDataObject } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '@/credentials/CrosspostBlueskyApi.credentials';
import { CrosspostLinkedInOAuth2Api } from '@/credentials/CrosspostLinkedInOAuth2Api.credentials';
import { Crosspost } from '@/nodes/Crosspost/Crosspost.node';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';

const setup = (parameters: IDataObject, bluesky: IDataObject = {}) =>
	testNode({
		type: new Crosspost(),
		parameters: {
			...{ operation: 'publish', platforms: ['linkedIn'], publishWhen: 'passing', text: 'Hello' },
			...parameters,
		},
		credentials: [
			{
				type: new CrosspostLinkedInOAuth2Api(),
				data: {
					oauthTokenData: { access_token: 'at', n8n_expires_at: String(Date.now() + 7_200_000) },
				},
			},
			{
				type: new CrosspostBlueskyApi(),
				data: {
					...{ identifier: 'a.test', appPassword: 'abcd', serviceUrl: 'https://bsky.social' },
					...bluesky,
				} as never,
			},
		],
		continueOnFail: true,
	});

/** Returns the rules of the failures; expects no requests except those for the account. */
const refused = async (parameters: IDataObject, bluesky?: IDataObject) => {
	const talk = conversation('https://api.linkedin.com', []);
	const [published, failed] = await setup(parameters, bluesky).run();
	expect(published).toEqual([]);
	talk.done();
	return failed.map(({ json }) => (json.error as IDataObject).rule);
};

describe('Crosspost', () => {
	it.each(['={{ $json.nothing }}', '={{ "" }}', '={{ null }}', ''])(
		'posts to nobody else where the place comes to nothing: %s',
		async (value) => {
			const linkedInTarget = { __rl: true, mode: 'id', value };
			expect(await refused({ linkedInTarget })).toEqual(['linkedIn.target.empty']);
		},
	);

	it.each([
		['next', 'crosspost.platforms.type'],
		['={{ [$json.next] }}', 'crosspost.platforms.type'],
		[['x', 'myspace'], 'crosspost.platforms.type'],
		[[null], 'crosspost.platforms.type'],
		[[], 'crosspost.platforms.empty'],
	])('uses no platform that Platforms does not name: %j', async (chosen, rule) => {
		expect(await refused({ platforms: chosen })).toEqual([rule]);
	});

	it.each<[IDataObject, string]>([
		[{ operation: 'Validate' }, 'crosspost.operation.type'],
		[{ operation: '={{ "validate" }}' }, 'crosspost.operation.type'],
		[{ operation: '' }, 'crosspost.operation.empty'],
		[{ operation: { a: 1 } }, 'crosspost.operation.type'],
		[{ operation: 'getAll' }, 'crosspost.operation.type'],
		[{ resource: 'Account' }, 'crosspost.resource.type'],
		[{ resource: '' }, 'crosspost.resource.empty'],
		[{ publishWhen: 'All' }, 'crosspost.publishWhen.type'],
		[{ publishWhen: '={{ undefined }}' }, 'crosspost.publishWhen.empty'],
		[{ publishWhen: '={{ null }}' }, 'crosspost.publishWhen.empty'],
		[{ publishWhen: '={{ { a: 1 } }}' }, 'crosspost.publishWhen.type'],
		[{ platforms: ['mastodon'], mastodonAuthentication: 'other' }, 'mastodon.authentication.type'],
		[{ options: { longText: '={{ "Thread" }}' } }, 'linkedIn.longText.type'],
		[{ linkedIn: { disableReshares: '={{ undefined }}' } }, 'linkedIn.disableReshares.empty'],
		[{ linkedIn: { reshare: '={{ null }}' } }, 'linkedIn.reshare.empty'],
		[{ media: { medium: [{ source: '={{ null }}' }] } }, 'linkedIn.media.type'],
		[{ text: '={{ { a: 1 } }}' }, 'linkedIn.text.type'],
		[{ linkedIn: { overrideText: '={{ ["a"] }}' } }, 'linkedIn.text.type'],
		[{ link: 'ftp://a.example' }, 'linkedIn.link.url'],
		[{ linkedIn: { overrideLink: 'mailto:a@b.c' } }, 'linkedIn.link.url'],
		[{ linkedIn: { visibility: '={{ $json.nothing }}' } }, 'linkedIn.visibility.empty'],
		[{ linkedIn: { disableReshares: '={{ "yes" }}' } }, 'linkedIn.disableReshares.type'],
		[{ options: { rateLimitWait: '={{ "soon" }}' } }, 'linkedIn.rateLimitWait.type'],
		[{ media: { medium: [{ source: 'url', url: '={{ 7 }}' }] } }, 'linkedIn.media.type'],
	])('refuses %j by name', async (parameters, rule) => {
		expect(await refused(parameters)).toEqual([rule]);
	});

	it.each<[IDataObject, string]>([
		[{ identifier: undefined }, 'bluesky.credential.identifier'],
		[{ identifier: ' ' }, 'bluesky.credential.identifier'],
		[{ appPassword: '' }, 'bluesky.credential.appPassword'],
		[{ serviceUrl: '' }, 'bluesky.credential.serviceUrl'],
		[{ serviceUrl: 'ftp://m.s' }, 'bluesky.credential.serviceUrl'],
	])('names the field of a credential that is empty: %j', async (credential, rule) => {
		expect(await refused({ platforms: ['bluesky'] }, credential)).toEqual([rule]);
	});
});
