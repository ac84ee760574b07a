import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';

import type { Sandbox } from '..';
import { TAIL } from './proxy';
import { platforms } from '@/nodes/platforms';
import { hashOf } from '@/nodes/shared/connection/storedToken';
import type { AuthMethod, TokenData } from '@/nodes/shared/contract/authMethod';
import type { Platform } from '@/nodes/shared/contract/platform';
import { jpeg, mp4, png } from '@/test/support/mediaFixtures';

/** One way to connect to a platform, as the scan goes through them all. */
export interface Way {
	readonly platform: Platform;
	readonly facts: AuthMethod;
}

export const ways: ReadonlyArray<readonly [string, Way]> = platforms.flatMap((platform) =>
	platform.credentials.map((facts) => [facts.type, { platform, facts }] as const),
);

const DAY = 86_400_000;
/** Each encoding of these differs from the others. */
export const CLIENT = {
	id: 'client-1',
	secret: 'cs/Qp+w=R&"t<é\\Zm3 x9~vB4+',
	redirectUris: ['https://n8n.example/cb'],
};
const APP_PASSWORD = 'ap/Lk+v=S&"u<é\\Yn4 w8~cD5+';

const picture = { data: png(100, 80), fileName: 'a.png', mimeType: 'image/png' };
const photo = { data: jpeg(100, 100), fileName: 'a.jpg', mimeType: 'image/jpeg' };
const film = {
	data: mp4({ width: 540, height: 960 }),
	fileName: 'a.mp4',
	mimeType: 'video/mp4',
};

/** What differs: the post's file, its options, and the place that it is for. */
const POSTS: Record<string, { file?: typeof film; options?: IDataObject; text?: string }> = {
	bluesky: { file: picture },
	facebook: { file: film, options: { title: 'Title' } },
	instagram: { file: photo },
	linkedIn: { file: picture },
	mastodon: { file: picture },
	pinterest: { file: film },
	threads: { file: picture },
	tikTok: { file: film, options: { privacy: 'SELF_ONLY' } },
	x: { file: picture },
};

export const postOf = ({ platform: { id } }: Way) => {
	const { file = picture, options } = POSTS[id];
	const media = { medium: [{ source: 'binary', binaryProperty: 'file', altText: 'A file' }] };
	return { files: { file }, parameters: { text: 'Hello', media, options: options ?? {} } };
};

/** Where a post goes, on platforms with several places. */
export function targetOf({ platform: { id }, facts }: Way, { state }: Sandbox<unknown>) {
	const { pages = [], boards = [] } = (state ?? {}) as Record<string, Array<{ id: string }>>;
	const value = { facebook: pages[0]?.id, pinterest: boards[0]?.id }[id] ?? '17841400000000001';
	const isNeeded = ['facebook', 'pinterest'].includes(id) || facts.choice === 'facebookLogin';
	return isNeeded ? { target: { __rl: true, mode: 'id', value } } : {};
}

/** Meta's servers are told a digest of the token, which must be that of the one they know. */
const isDigested = ({ platform: { id }, facts }: Way) =>
	id === 'facebook' || (id === 'instagram' && facts.choice !== 'instagramLogin');

const dressedIn = (way: Way, token: string) => (isDigested(way) ? token : token + TAIL);
export const hasTail = (way: Way) => !isDigested(way);

/** How far a connection has come: just made, in use, or with a token that is to be renewed. */
export type Stage = 'new' | 'kept' | 'old';

/** What people and n8n put into the credential. */
export function credentialFor(
	way: Way,
	url: string,
	issue: Sandbox<unknown>['issueToken'],
	stage: Stage,
) {
	const isFacebook = way.platform.id === 'instagram' && way.facts.choice === 'facebookLogin';
	const kind = isFacebook ? 'facebook' : undefined;
	const { accessToken, refreshToken } = issue({ ...(kind && { kind }) });
	const [access, refresh] = [accessToken, refreshToken ?? ''].map(
		(one) => one && dressedIn(way, one),
	);
	const typed: IDataObject = {
		...hostsAt(url, isFacebook),
		...{ clientId: CLIENT.id, identifier: 'alice.test', grantType: 'authorizationCode' },
		...only(way.facts.secrets, {
			clientSecret: CLIENT.secret,
			appPassword: APP_PASSWORD,
			accessToken: access,
		}),
	};
	const token = tokenFor(way, typed, stage, { access, refresh });
	const isTyped = way.facts.choice === 'accessToken' || way.platform.id === 'bluesky';
	return { ...typed, ...(!(isTyped && stage === 'new') && { oauthTokenData: token }) };
}

function only(names: readonly string[], all: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

function tokenFor(
	{ facts }: Way,
	typed: IDataObject,
	stage: Stage,
	{ access, refresh }: { access: string; refresh: string },
): TokenData {
	const bind = facts.token.kind === 'custom' && facts.token.fingerprint?.(typed);
	const own = { of: hashOf(access), own: true, ...(bind && { bind: hashOf(bind) }) };
	return {
		access_token: access,
		...(refresh && { refresh_token: refresh }),
		expires_in: (60 * DAY) / 1000,
		n8n_expires_at: String(Date.now() + (stage === 'old' ? 60_000 : 50 * DAY)),
		...(stage !== 'new' && { crosspost: own }),
	};
}

function hostsAt(url: string, isFacebook: boolean): IDataObject {
	const api = ['apiBaseUrl', 'environmentBaseUrl', 'sandboxBaseUrl', 'videoBaseUrl'];
	const others = ['webBaseUrl', 'oauthBaseUrl', 'tokenBaseUrl', 'authBaseUrl', 'appViewBaseUrl'];
	const all = [...api, ...others, 'serviceUrl', 'instanceUrl', 'uploadBaseUrl'];
	return {
		...Object.fromEntries(all.map((name) => [name, url])),
		...(isFacebook && { apiBaseUrl: `${url}/facebook` }),
	};
}

/** n8n names files and classes after the type. */
function loaded<T>(folder: string, name: string, end: string): T {
	const file = `@/${folder}/${name}.${end}`;
	const [, kind] = name.split('/');
	const found = jest.requireActual<Record<string, new () => T>>(file);
	return new found[kind ?? name]();
}

export const credentialType = ({ facts: { type } }: Way) =>
	loaded<ICredentialType>('credentials', type.replace(/^c/, 'C'), 'credentials');

export const nodeType = ({ platform: { id } }: Way) => {
	const own = id.charAt(0).toUpperCase() + id.slice(1);
	return loaded<INodeType>('nodes', `${own}/${own}`, 'node');
};

/** Whatever in a credential lets somebody in. */
export function secretsIn(data: IDataObject): string[] {
	const { oauthTokenData, clientSecret, appPassword, accessToken } = data;
	const { access_token, refresh_token, crosspost } = (oauthTokenData ?? {}) as IDataObject;
	const { secrets = {} } = (crosspost ?? {}) as { secrets?: object };
	const all = [clientSecret, appPassword, accessToken, access_token, refresh_token];
	return [...all, ...Object.values(secrets)].filter(Boolean).map(String);
}
