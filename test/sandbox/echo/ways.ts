import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '..';
import { TAIL } from './proxy';
import { platforms } from '@/nodes/platforms';
import { hashOf } from '@/nodes/shared/connection/storedToken';
import type { AuthMethod, TokenData } from '@/nodes/shared/contract/authMethod';
import type { Platform } from '@/nodes/shared/contract/platform';
import { records } from '@/test/platforms/asked';
import { jpeg, mp4, png } from '@/test/support/mediaFixtures';

/** One way to connect to a platform; the tests use all of them. */
export interface Way {
	readonly platform: Platform;
	readonly facts: AuthMethod;
}

export const ways: ReadonlyArray<readonly [string, Way]> = platforms.flatMap((platform) =>
	platform.credentials.map((facts) => [facts.type, { platform, facts }] as const),
);

const DAY = 86_400_000;
/** Each encoding of these secrets is a different text. */
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

const FILES = { picture, photo, film };

export const postOf = ({ platform: { id } }: Way) => {
	const { file, options = {} } = records[id].echo;
	const files: Record<string, typeof film> = file === 'none' ? {} : { file: FILES[file] };
	if (file === 'none') return { files, parameters: { text: 'Hello', options } };
	const media = { medium: [{ source: 'binary', binaryProperty: 'file', altText: 'A file' }] };
	return { files, parameters: { text: 'Hello', media, options } };
};

/** The place to post to, on platforms with several places. */
export function targetOf({ platform: { id }, facts }: Way, { state }: Sandbox<unknown>) {
	const { target } = records[id].echo;
	if (!target || (target.choice ?? facts.choice) !== facts.choice) return {};
	const value = target.in?.(state as never) ?? '17841400000000001';
	return { target: { __rl: true, mode: 'id', value } };
}

/**
 * Some platforms receive a digest, which must be that of the token they know; and a URL cannot
 * contain such characters.
 */
export const hasTail = ({ platform: { id }, facts }: Way) =>
	!records[id].echo.digested?.includes(facts.choice) && !records[id].account?.pasted;

const dressedIn = (way: Way, token: string) => (hasTail(way) ? token + TAIL : token);

/** The age of a connection: new, in use, or with a token that needs renewal. */
export type Stage = 'new' | 'kept' | 'old';

/** The credential with what people and n8n put into it. */
export function credentialFor(
	way: Way,
	url: string,
	issue: Sandbox<unknown>['issueToken'],
	stage: Stage,
) {
	const { echo, account: { pasted } = {} } = records[way.platform.id];
	const beside = echo.beside?.[way.facts.choice];
	const { accessToken, refreshToken } = issue({ ...(beside && { kind: beside }) });
	const [access, refresh] = [accessToken, refreshToken ?? ''].map(
		(one) => one && dressedIn(way, one),
	);
	const typed: IDataObject = {
		...hostsAt(url, beside),
		...{ clientId: CLIENT.id, identifier: 'alice.test', grantType: 'authorizationCode' },
		...only(way.facts.secrets, {
			clientSecret: CLIENT.secret,
			appPassword: APP_PASSWORD,
			accessToken: access,
		}),
		...pasted?.(url, access),
	};
	const token = tokenFor(way, typed, stage, { access, refresh });
	const isTyped = pasted || ['accessToken', 'appPassword'].includes(way.facts.choice);
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

function hostsAt(url: string, beside?: string): IDataObject {
	const api = ['apiBaseUrl', 'environmentBaseUrl', 'sandboxBaseUrl', 'videoBaseUrl'];
	const others = ['webBaseUrl', 'oauthBaseUrl', 'tokenBaseUrl', 'authBaseUrl', 'appViewBaseUrl'];
	const all = [...api, ...others, 'serviceUrl', 'instanceUrl', 'uploadBaseUrl'];
	return {
		...Object.fromEntries(all.map((name) => [name, url])),
		...(beside && { apiBaseUrl: `${url}/${beside}` }),
	};
}
