import { route } from '../kit/router';
import type { Call, Reply, Route } from '../kit/types';
import {
	denied,
	invalid,
	jsonBody,
	mayWriteAs,
	member,
	missing,
	needs,
	restCall,
	unknownFields,
} from './errors';
import { memberId, personUrn, type Organization, type Server } from './model';
import { paged, restQuery, urnIn } from './posts';

const COMMENT = 1250;
const ADMIN = ['rw_organization_admin', 'r_organization_admin'];

export function readRoutes(server: Server): Route[] {
	return [
		route('me', 'GET', '/v2/userinfo', (call) => userinfo(server, call)),
		route('me', 'GET', '/v2/me', (call) => me(server, call)),
		route('organizations', 'GET', '/rest/organizationAcls', (call) => acls(server, call)),
		route('names', 'GET', '/rest/organizationsLookup', (call) => lookup(server, call)),
		route('name', 'GET', '/rest/organizations/:id', (call) => byId(server, call)),
		route('vanity', 'GET', '/rest/organizations', (call) => byVanityName(server, call)),
		route('comment', 'POST', '/rest/socialActions/:urn/comments', (call) => comment(server, call)),
	];
}

/** https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2 */
function userinfo(server: Server, call: Call): Reply {
	const { account, scopes } = member(server, call);
	needs(call.token!, ['openid'], 'userinfo.GET.NO_VERSION');
	const given_name = titled(account);
	return {
		status: 200,
		json: {
			sub: memberId(account),
			...(scopes.includes('profile') && {
				name: `${given_name} Sandbox`,
				given_name,
				family_name: 'Sandbox',
				picture: `${server.url}/dms/image/${account}`,
				locale: { country: 'US', language: 'en' },
			}),
			...(scopes.includes('email') && { email: `${account}@example.com`, email_verified: true }),
		},
	};
}

function titled(account: string): string {
	return account[0]!.toUpperCase() + account.slice(1);
}

function me(server: Server, call: Call): Reply {
	const { account } = member(server, call);
	needs(call.token!, ['r_basicprofile'], 'GET /me');
	const json = {
		id: memberId(account),
		localizedFirstName: titled(account),
		localizedLastName: 'Sandbox',
		vanityName: account,
	};
	return { status: 200, json };
}

function acls(server: Server, call: Call): Reply {
	const token = restCall(server, call);
	needs(token, ADMIN, 'partnerApiOrganizationAcls.FINDER-roleAssignee');
	const query = restQuery(call);
	if (query.get('q') !== 'roleAssignee') return missing('finder');
	const { account } = token;
	const wanted = query.get('role');
	const rows = server.settings.organizations
		.filter(({ roles }) => roles[account] && (!wanted || roles[account] === wanted))
		.map(({ id, roles }) => ({
			roleAssignee: personUrn(account),
			role: roles[account],
			state: 'APPROVED',
			organization: `urn:li:organization:${id}`,
		}));
	return paged(call, rows, 100);
}

const shown = ({ id, name, vanityName }: Organization) => ({
	id: Number(id),
	localizedName: name,
	vanityName,
	name: { localized: { en_US: name }, preferredLocale: { country: 'US', language: 'en' } },
});

function lookup(server: Server, call: Call): Reply {
	restCall(server, call);
	if (!server.settings.batches) return denied('organizationsLookup.BATCH_GET');
	const [, list = ''] = /^List\((.*)\)$/.exec(restQuery(call).get('ids') ?? '') ?? [];
	const ids = list.split(',').filter(Boolean);
	if (ids.length === 0) return invalid('INVALID_VALUE_FOR_FIELD', 'ids must be a list', 'ids');
	const known = server.settings.organizations.filter(({ id }) => ids.includes(id));
	const results = Object.fromEntries(known.map((one) => [one.id, shown(one)]));
	return { status: 200, json: { results, statuses: {}, errors: {} } };
}

/** Only for administrators. */
function byId(server: Server, call: Call): Reply {
	const token = restCall(server, call);
	const id = call.params.id!;
	needs(token, ADMIN, 'organizations.GET');
	const found = server.settings.organizations.find((one) => one.id === id);
	if (!found) return missing(id);
	if (found.roles[token.account] !== 'ADMINISTRATOR') return denied('organizations.GET');
	return { status: 200, json: shown(found) };
}

function byVanityName(server: Server, call: Call): Reply {
	restCall(server, call);
	const query = restQuery(call);
	const wanted = query.get('vanityName');
	if (query.get('q') !== 'vanityName' || !wanted) return missing('finder');
	const elements = server.settings.organizations
		.filter(({ vanityName }) => vanityName === wanted)
		.map(shown);
	return { status: 200, json: { elements, paging: { start: 0, count: 10, links: [] } } };
}

const OBJECT = /^urn:li:(share|ugcPost|activity):(\d+)$/;
const ON_COMMENT = /^urn:li:comment:\((urn:li:(?:share|ugcPost|activity):\d+),(\d+)\)$/;

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api */
function comment(server: Server, call: Call): Reply {
	const token = restCall(server, call);
	const target = urnIn(call);
	const asked = jsonBody(call) as {
		actor?: string;
		object?: string;
		message?: { text?: string };
		parentComment?: string;
	};
	unknownFields(asked, ['actor', 'object', 'message', 'parentComment', 'content'], '');
	const text = asked.message?.text;
	if (!text) return invalid('MISSING_FIELD', '/message/text is required', 'message/text');
	if (text.length > COMMENT)
		invalid('FIELD_LENGTH_TOO_LONG', `/message/text exceeds ${COMMENT}`, 'message');
	const actor = mayWriteAs(server, token, asked.actor, 'partnerApiSocialActions.CREATE');
	const feed = actor.includes(':person:') ? 'w_member_social_feed' : 'w_organization_social_feed';
	needs(token, [feed], 'partnerApiSocialActions.CREATE');
	const [, object = target, parent] = ON_COMMENT.exec(target) ?? [];
	const number = OBJECT.exec(object)?.[2];
	if (!number) return invalid('INVALID_URN_TYPE', `"${target}" cannot be commented on`, 'target');
	if (asked.object !== object)
		invalid('INVALID_VALUE_FOR_FIELD', '/object is not what the path names', 'object');
	if (parent && asked.parentComment !== target) denied('a comment without its parent');
	if (!server.state.posts.some((post) => post.id.endsWith(`:${number}`))) return missing(object);
	const id = server.newId();
	const activity = `urn:li:activity:${number}`;
	const urn = `urn:li:comment:(${activity},${id})`;
	server.state.comments.push({ id, urn, actor, object, text, ...(parent && { parent: target }) });
	return {
		status: 201,
		headers: { 'x-restli-id': id },
		json: { id, actor, commentUrn: urn, object: activity, message: { text, attributes: [] } },
	};
}
