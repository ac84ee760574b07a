import {
	NodeHelpers,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';

import { Crosspost } from '../nodes/Crosspost/Crosspost.node';
import { platforms as shipped } from '../nodes/platforms';
import type { MediaKind } from '../nodes/shared/contract/limits';
import type { Media } from '../nodes/shared/contract/media';
import type { Platform } from '../nodes/shared/contract/platform';
import type { Post } from '../nodes/shared/contract/post';
import type { PostOption } from '../nodes/shared/contract/postOption';
import type { Session } from '../nodes/shared/contract/session';
import { failure, type Refused } from '../nodes/shared/errors/failure';
import { ask } from '../nodes/shared/http/ask';
import { classifyReply, type Classified } from '../nodes/shared/http/classify';
import { validate } from '../nodes/shared/publish/validate';
import packageJson from '../package.json';
import { platforms, records } from './platforms/asked';
import { chosen } from './support/chosen';
import { credentialType, nodeType } from './support/pack';

/** Rules for every platform; a platform's own tests cover its particular ones. */
const classOf = (place: string) => place.split('/').pop()?.split('.')[0] as string;
const nodes = packageJson.n8n.nodes.map((place) => nodeType(classOf(place)));
const credentials = packageJson.n8n.credentials.map((place) => credentialType(classOf(place)));

const DAY = 24 * 3_600_000;
const NAMED = /\b(?:URL|Link)$/;

const session = { credentialName: 'My account', secrets: (): string[] => [] } as unknown as Session;

const cases = platforms.map((platform) => [platform.name, platform] as const);

const post = (change: Partial<Post> = {}): Post => ({
	text: 'Hello',
	media: [],
	options: {},
	target: '1',
	...change,
});

const medium = (mime: string, change: Partial<Media> = {}): Media => ({
	name: 'file',
	mime,
	digest: '',
	bytes: 1,
	alt: '',
	options: {},
	source: 'binary',
	open: async () => (async function* () {})(),
	publicUrl: () => 'https://example.com/file',
	...change,
});

/** Answers that refuse a connection, in the form of each vendor or of a proxy in front of it. */
const DISMISSALS = [
	{ error: 'x' },
	{ status: 504, error: 'Gateway Timeout' },
	{ error: 'invalid_grant', error_description: 'Revoked' },
	{ error: 'ExpiredToken', message: 'Token has expired' },
	{ error: { message: 'Expired', type: 'OAuthException', code: 190, error_subcode: 463 } },
	{ error: { code: 'access_token_invalid', message: 'Invalid', log_id: 'L1' } },
	{ error_type: 'OAuthException', code: 190, error_message: 'Expired' },
	{ code: 2, message: 'Authentication failed.' },
	{ code: 'INVALID_ACCESS_TOKEN', serviceErrorCode: 65600, message: 'Invalid', status: 401 },
	{ title: 'Unauthorized', status: 401, type: 'https://x/2/problems/unsupported-authentication' },
];

const errorsOf = async (platform: Platform, change: Partial<Post>) =>
	(await validate(platform, post({ options: chosen(platform), ...change })))
		.filter(({ warning }) => !warning)
		.map(({ rule }) => rule);

describe('the package', () => {
	it('registers a node for every platform, Crosspost and its trigger', () => {
		const names = nodes.map(({ description }) => description.name).sort();
		const others = ['crosspost', 'crosspostTrigger'];
		expect(names).toEqual([...shipped.map(({ id }) => id), ...others].sort());
	});

	it('lists every credential type that a platform uses', () => {
		const types = credentials.map(({ name }) => name).sort();
		expect(types).toEqual(
			shipped.flatMap(({ credentials: ways }) => ways.map(({ type }) => type)).sort(),
		);
	});
});

describe('Crosspost', () => {
	const { description } = new Crosspost();

	it('leaves no field for the editor to hide, as it does if each option stands for a credential', () => {
		const covered = new Map<string, unknown[]>();
		for (const { displayOptions } of description.credentials ?? []) {
			for (const [field, values = []] of Object.entries(displayOptions?.show ?? {})) {
				covered.set(field, [...(covered.get(field) ?? []), ...values]);
			}
		}
		const hidden = description.properties.filter(({ name, options = [] }) => {
			const values = covered.get(name);
			const offered = options as INodePropertyOptions[];
			return values && offered.every(({ value }) => values.includes(value));
		});
		expect(hidden.map(({ name }) => name)).toEqual([]);
	});

	it('shows a credential slot, an entry and options for every platform', () => {
		const node = { typeVersion: 1 };
		for (const { id, name, credentials: ways } of shipped) {
			for (const { type, choice } of ways) {
				const slot = description.credentials?.find((one) => one.name === type);
				expect(slot).toMatchObject({ displayName: `${name} Credential`, required: true });
				const shown = (chosen: string[], way = choice) => {
					const values = { platforms: chosen, [`${id}Authentication`]: way };
					const property = slot as unknown as INodeProperties;
					return NodeHelpers.displayParameter(values, property, node, description, values);
				};
				expect([shown([id]), shown(['another', id]), shown(['another'])]).toEqual([
					true,
					true,
					false,
				]);
				expect(shown([id], 'another')).toBe(ways.length === 1);
			}
			const field = description.properties.find((property) => property.name === id);
			expect(field).toMatchObject({
				displayName: `${name} Options`,
				displayOptions: { show: { resource: ['post'], platforms: [id] } },
			});
		}
	});
});

describe.each(cases)('%s', (_name, platform) => {
	const nodeOf = () => nodeType(platform.id);
	const ways = platform.credentials.map((facts) => [facts.type, facts] as const);

	it('has a node with its own credentials, one input and one output, usable as a tool', () => {
		const node = nodeOf();
		expect(node.description).toMatchObject({
			name: platform.id,
			displayName: `${platform.name} (Crosspost)`,
			credentials: platform.credentials.map(({ type, choice }) => ({
				name: type,
				required: true,
				...(platform.credentials.length > 1 && {
					displayOptions: { show: { authentication: [choice] } },
				}),
			})),
			usableAsTool: true,
		});
		expect(node.description.inputs).toHaveLength(1);
		expect(node.description.outputs).toHaveLength(1);
	});

	it('offers each way to connect under a name of its own', () => {
		const choices = platform.credentials.map(({ choice }) => choice);
		expect(new Set(choices).size).toBe(choices.length);
		const field = nodeOf().description.properties.find(({ name }) => name === 'authentication');
		const offered = (field?.options as Array<{ value: string }>)?.map(({ value }) => value);
		expect(offered ?? choices).toEqual(choices);
		expect(field !== undefined).toBe(choices.length > 1);
	});

	it.each(ways)('has %s with the pack’s prefix and the hosts it names', (type, facts) => {
		const credential = credentialType(type);
		expect(credential.name).toMatch(/^crosspost[A-Z]\w+Api$/);
		const names = credential.properties.map(({ name }) => name);
		const inherited = credential.extends ? ['clientSecret'] : [];
		const own = facts.secrets.filter((name) => !inherited.includes(name));
		expect(names).toEqual(expect.arrayContaining([facts.host, ...own]));
		const { scopes } = facts;
		if (!scopes || !credential.extends) return;
		const texts = JSON.stringify(credential.properties);
		for (const scope of [...scopes.write, ...scopes.extended]) expect(texts).toContain(scope);
	});

	it.each(ways)('has all that n8n needs to connect %s, and shows none of it', (type) => {
		const { properties, ...credential } = credentialType(type);
		const names = properties.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		if (!credential.extends) return;
		expect(credential.extends).toEqual(['oAuth2Api']);
		const hidden = properties.filter((property) => property.type === 'hidden');
		const values = Object.fromEntries(hidden.map((one) => [one.name, one.default]));
		expect(values).toMatchObject({
			grantType: expect.stringMatching(/^(authorizationCode|pkce)$/),
			authUrl: expect.stringMatching(/^(https|=\{\{.*\}\}\/)/),
			accessTokenUrl: expect.stringMatching(/^(https|=\{\{.*\}\}\/)/),
			scope: expect.stringMatching(/^=\{\{.*\$self\.customScope.*\$self\.extendedScopes.*\}\}$/),
			authQueryParameters: expect.any(String),
			authentication: expect.stringMatching(/^(body|header)$/),
		});
		expect(names).toEqual(expect.arrayContaining(['extendedScopes', 'customScope']));
	});

	it.each(ways)('lets n8n’s own nodes send %s to the hosts of its API at most', (type, facts) => {
		const { properties } = credentialType(type);
		const [mode, domains] = ['allowedHttpRequestDomains', 'allowedDomains'].map((wanted) =>
			properties.find(({ name }) => name === wanted),
		);
		expect([mode?.type, domains?.type]).toEqual(['options', 'string']);
		const host = properties.find(({ name }) => name === facts.host);
		if (host?.type !== 'hidden') return expect(mode?.default).toBe('none');
		expect(mode?.default).toBe('domains');
		const hosts = String(domains?.default).split(', ');
		expect(hosts).toEqual(hosts.map(() => expect.stringMatching(/^[a-z-]+(\.[a-z-]+)+$/)));
		const apis = properties
			.filter(({ name }) => [facts.host, 'apiBaseUrl', 'sandboxBaseUrl'].includes(name))
			.flatMap(({ default: value }) => String(value).match(/(?<=https:\/\/)[\w.-]+/g) ?? [])
			// An invalid choice leads to a host that does not exist.
			.filter((one) => !one.endsWith('.invalid'));
		expect(apis).not.toEqual([]);
		expect(hosts).toEqual(expect.arrayContaining(apis));
	});

	it('fills lists only by methods that the node has, as does Crosspost', () => {
		for (const { methods = {}, description } of [nodeOf(), new Crosspost()] as INodeType[]) {
			const properties = JSON.stringify(description.properties);
			for (const [kind, key] of [
				['listSearch', 'searchListMethod'],
				['loadOptions', 'loadOptionsMethod'],
			] as const) {
				const asked = [...properties.matchAll(new RegExp(`"${key}":"(\\w+)"`, 'g'))];
				const names = asked.map(([, name]) => name);
				expect(Object.keys(methods[kind] ?? {})).toEqual(expect.arrayContaining(names));
			}
		}
	});

	it('shows each field under an operation that exists', () => {
		const { properties } = nodeOf().description;
		const operations = new Map<string, string[]>();
		for (const { name, displayOptions, options } of properties) {
			if (name !== 'operation') continue;
			const [resource] = displayOptions?.show?.resource as string[];
			operations.set(
				resource,
				(options as Array<{ value: string }>).map(({ value }) => value),
			);
		}
		for (const { name, displayOptions } of properties) {
			if (['resource', 'operation', 'authentication'].includes(name)) continue;
			const { resource = [], operation = [] } = (displayOptions?.show ?? {}) as Record<
				string,
				string[]
			>;
			expect([name, resource]).toEqual([name, [expect.any(String)]]);
			expect(operations.get(resource[0])).toEqual(expect.arrayContaining(operation));
		}
	});

	it('asks for a target wherever it has some', async () => {
		const missing = platform.target && !platform.target.optional;
		const rules = await errorsOf(platform, { target: undefined });
		expect(rules.includes(`${platform.id}.target.missing`)).toBe(missing ?? false);
	});

	it('takes a post at its limits and names what is one past them', async () => {
		const { text, mediaRequired, media: kinds } = platform.limits;
		const media = mediaRequired ? [medium(Object.values(kinds)[0].types[0])] : [];
		expect(await errorsOf(platform, { text: 'a'.repeat(text.max), media })).toEqual([]);
		expect(await errorsOf(platform, { text: 'a'.repeat(text.max + 1), media })).toEqual([
			`${platform.id}.text.length`,
		]);
		expect(await errorsOf(platform, { text: '' })).toContain(`${platform.id}.text.empty`);
	});

	const kinds = Object.entries(platform.limits.media) as Array<
		[MediaKind, NonNullable<Platform['limits']['media'][MediaKind]>]
	>;

	const eachKind = kinds.length > 0 ? it.each(kinds) : () => {};
	eachKind('holds %s to count, size, type and alt text', async (_kind, limit) => {
		expect([limit.count, limit.bytes, limit.types.length].every((value) => value > 0)).toBe(true);
		const [mime] = limit.types;
		const media = (many: number, change?: Partial<Media>) => ({
			media: Array.from({ length: many }, () => medium(mime, change)),
		});
		expect(await errorsOf(platform, media(limit.count))).toEqual([]);
		expect(await errorsOf(platform, media(limit.count + 1))).toEqual([
			`${platform.id}.media.count`,
		]);
		expect(await errorsOf(platform, media(1, { bytes: limit.bytes + 1 }))).toEqual([
			`${platform.id}.media.size`,
		]);
		if (limit.alt !== undefined) {
			expect(await errorsOf(platform, media(1, { alt: 'a'.repeat(limit.alt + 1) }))).toEqual([
				`${platform.id}.alt.length`,
			]);
		}
	});

	it('refuses a web page where media are wanted', async () => {
		expect(await errorsOf(platform, { media: [medium('text/html')] })).toEqual([
			`${platform.id}.media.type`,
		]);
	});

	it.each([0, 400, 401, 403, 404, 429, 500, 503])('has words for a bare %i', (status) => {
		for (const body of ['', '<html><body>Bad gateway</body></html>', {}, [], null]) {
			for (const publishing of [false, true]) {
				const reply = { status, headers: {}, body };
				const classified = classifyReply(platform, session, reply, { path: '/' }, publishing);
				const failed = failure((classified as Classified).failure);
				expect(failed).toMatchObject({
					code: expect.any(String),
					message: expect.stringMatching(/[a-z0-9]{3}/i),
					remediation: expect.stringMatching(/\w+ \w+/),
					platform: platform.id,
				});
				expect(failed.message).toContain(platform.name);
				const open = publishing && (status === 0 || status >= 500);
				if (open) expect(failed.code).toBe('outcome_unknown');
			}
		}
	});

	it.each(ways)('knows by a clock when %s has to be renewed', (_type, { token: policy }) => {
		const now = Date.UTC(2030, 0, 1);
		const token = (left: number) => ({
			access_token: 'a',
			n8n_expires_at: String(now + left),
			expires_in: 100 * DAY,
		});
		if (policy.kind === 'permanent') return;
		if (policy.kind === 'refreshed') {
			expect(policy.renewAheadMs).toBeGreaterThan(0);
			expect(policy.renewAheadMs).toBeLessThanOrEqual(DAY);
			return;
		}
		expect(policy.needsRenewal(token(100 * DAY), now)).toBe(false);
		if (policy.renew) expect(policy.needsRenewal(token(-1), now)).toBe(true);
	});

	describe.each([429, 500, 502, 503, 504])('to HTTP %i', (status) => {
		const { refusal } = records[platform.id].contract;
		const bodies = refusal ? [...DISMISSALS, refusal] : DISMISSALS;
		const replies = bodies.map((body) => ({ status, headers: {}, body }));
		const judged = (publishing: boolean) =>
			replies.map(
				(reply) => classifyReply(platform, session, reply, { path: '/' }, publishing) as Classified,
			);

		it('gives no word that ends the connection', async () => {
			const asking = replies.map(async (reply) => {
				const asked = ask(platform, async () => reply, { url: '' }, []);
				return await asked.catch((error: Refused) => error.failure);
			});
			const verdicts = [...judged(false), ...judged(true)];
			for (const classified of verdicts) expect(classified.meaning.tokenExpired).not.toBe(true);
			const told = verdicts.map((classified) => classified.failure);
			for (const failed of [...told, ...(await Promise.all(asking))]) {
				expect(failed).toMatchObject({ code: expect.any(String) });
				expect(failed).not.toMatchObject({ code: 'platform_auth_failed' });
			}
		});

		it('gives no word that proves a post was refused, but for too many in the vendor’s form', () => {
			const proven = judged(true).filter((one) => one.failure.code !== 'outcome_unknown');
			expect(proven.length > 0).toBe(status === 429);
			expect(proven.length).toBeLessThan(bodies.length);
			for (const one of proven) expect(one.failure.code).toBe('rate_limited');
		});
	});

	it('keeps its operations under names that tell them apart', () => {
		const names = platform.operations.map(({ resource, operation }) => `${resource}.${operation}`);
		const reserved = [
			'post.publish',
			'post.validate',
			'post.resume',
			'account.get',
			'account.disconnect',
		];
		expect(new Set([...names, ...reserved]).size).toBe(names.length + reserved.length);
	});

	it.each(cases)('%s reads what calls itself a URL or link as a web address', (_name, platform) => {
		const all = platform.options.flatMap(({ options = [], ...field }) => [
			field,
			...options.flatMap((one) => ('values' in one ? (one.values as PostOption[]) : [])),
		]);
		const named = all.filter(
			({ type, displayName }) => type === 'string' && NAMED.test(displayName),
		);
		expect(named.filter(({ webAddress }) => !webAddress)).toEqual([]);
	});

	it('names each option once', () => {
		const names = (platform.options as INodeProperties[]).map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const defaults = platform.options.map(({ default: value }) => value as IDataObject[string]);
		expect(defaults).not.toContain(undefined);
	});
});
