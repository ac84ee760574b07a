import fc from 'fast-check';

import { outcomeOf } from './outcome';
import { texts } from './setup';
import { addressOf } from '@/nodes/Bluesky/refs';
import { serviceUrlOf } from '@/nodes/Bluesky/service';
import { postIdOf } from '@/nodes/Facebook/address';
import { idOf as instagramId } from '@/nodes/Instagram/address';
import { authorIn, commentable, encoded, ownPostIn, postIn, postUrn } from '@/nodes/LinkedIn/urns';
import { instanceBase, instanceHost } from '@/nodes/Mastodon/address';
import { statusId } from '@/nodes/Mastodon/refs';
import { boardId, pinId, sectionId } from '@/nodes/Pinterest/address';
import { idOf as threadsId } from '@/nodes/Threads/address';
import { communityIdIn, postId, postIdIn } from '@/nodes/X/ids';
import type { Api } from '@/nodes/shared/contract/api';
import { isSecretUrl, secretsOfUrl } from '@/nodes/shared/errors/secretUrl';
import { addressIn, shown } from '@/nodes/shared/publish/address';
import { growthOf, PROPORTIONAL } from '@/test/support/growth';

/** An API that knows no accounts and no posts. */
const api = {
	credential: { instanceUrl: 'https://m.example', graphVersion: 'v26.0' },
	account: async () => ({ id: 'did:plc:a', name: 'alice' }),
	send: async () => ({}),
	reply: async () => ({ status: 404, headers: {}, body: {} }),
	pages: async function* () {
		yield* [];
	},
	listIn: () => [],
} as unknown as Api;

const READERS: Array<[string, (given: unknown) => unknown]> = [
	['a post on Bluesky', async (given) => await addressOf(api, given)],
	['a service of Bluesky', (given) => serviceUrlOf(String(given))],
	['a post on Facebook', async (given) => await postIdOf(api, { page: '1' } as never, given)],
	['a post on Instagram', async (given) => await instagramId(api, given, '1')],
	['an author on LinkedIn', authorIn],
	['a post on LinkedIn', postIn],
	['an own post on LinkedIn', ownPostIn],
	['a URN of LinkedIn', postUrn],
	['what has comments on LinkedIn', commentable],
	['a server of Mastodon', (given) => [instanceBase(String(given)), instanceHost(String(given))]],
	['a post on Mastodon', async (given) => await statusId(api, given)],
	['a Pin', pinId],
	['a board', boardId],
	['a section', sectionId],
	['a post on Threads', async (given) => await threadsId(api, given)],
	['a post on X', (given) => [postIdIn(given), communityIdIn(given), postId(given)]],
	['an address', (given) => addressIn(String(given))],
	['an address that is shown', (given) => shown(String(given))],
	[
		'an address with a secret',
		(given) => [isSecretUrl(String(given)), secretsOfUrl(String(given))],
	],
];

const parts = fc.constantFrom(
	...['https://', 'http://', 'at://', 'did:plc:a', 'urn:li:', 'share:', 'activity:', 'person:'],
	...['/post/', '/posts/', '/status/', '/p/', '/pin/', '/@alice/', '/statuses/', '/profile/'],
	...[
		'a.example',
		'123',
		'_',
		'%',
		'%2',
		'%zz',
		'%3A',
		'?',
		'#',
		'=',
		'&',
		'/',
		':',
		'(',
		')',
		',',
	],
	...['[::1]', '\ud83d', '\0', ' ', 'xn--', 'é', '/groups/', '/reel/', 'story_fbid=', '@'],
);
const given = fc.oneof(
	texts,
	fc.array(parts, { maxLength: 12 }).map((all) => all.join('')),
	fc.webUrl(),
	fc.jsonValue(),
);

describe.each(READERS)('%s', (_what, read) => {
	it('is read or refused, whatever is given', async () => {
		await fc.assert(
			fc.asyncProperty(given, async (one) => {
				await outcomeOf(() => read(one));
			}),
		);
	});

	it('takes time that grows as what is given does', async () => {
		for (const unit of [
			'a',
			'1',
			'/',
			'a.',
			'1_',
			'%41',
			'urn:li:',
			'https://a/',
			'/posts/1',
			'=&',
		])
			for (const start of ['', 'https://a.example/', 'urn:li:share:']) {
				const inputOf = (size: number) => start + unit.repeat((size * 10_000) / unit.length);
				const work = async (text: string) => await outcomeOf(() => read(text));
				expect(await growthOf(inputOf, work)).toBeLessThan(PROPORTIONAL);
			}
	});
});

it('a URN in a path has nothing that leads elsewhere', () => {
	fc.assert(
		fc.property(fc.string(), (urn) => {
			expect(encoded(urn)).toMatch(/^[\w.!~*%-]*$/);
		}),
	);
});
