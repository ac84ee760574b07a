import type { Boost, MediaItem, Scheduled, Status } from './model';
import type { Server } from './server';
import { escaped } from '../kit/page';

export function accountEntity({ url, state }: Server, name: string) {
	const [username = '', host] = name.split('@');
	const home = host ? `https://${host}` : url;
	return {
		id: accountId(name),
		username,
		acct: name,
		display_name: username,
		url: `${home}/@${username}`,
		uri: `${home}/users/${username}`,
		locked: false,
		bot: false,
		group: false,
		discoverable: true,
		indexable: false,
		avatar: `${url}/avatars/original/missing.png`,
		avatar_static: `${url}/avatars/original/missing.png`,
		avatar_description: '',
		header: `${url}/headers/original/missing.png`,
		header_static: `${url}/headers/original/missing.png`,
		header_description: '',
		last_status_at: null,
		attribution_domains: [],
		note: '',
		created_at: '2026-01-01T00:00:00.000Z',
		statuses_count: state.posts.filter(({ account }) => account === name).length,
		followers_count: 0,
		following_count: 0,
		emojis: [],
		fields: [],
	};
}

/** A stable number, so that a path can contain it. */
export function accountId(name: string): string {
	const sum = [...name].reduce(
		(total, letter) => (total * 131 + letter.codePointAt(0)!) % 999_983,
		7,
	);
	return `1094${String(sum).padStart(6, '0')}`;
}

export function statusEntity(
	server: Server,
	status: Status,
	viewer?: string,
): Record<string, unknown> {
	const { url, state } = server;
	const { options, media } = status;
	const about = (name: 'replyTo' | 'quoteOf') =>
		state.posts.filter((post) => post[name] === status.id).length;
	const boosts = state.boosts.filter((boost) => boost.of === status.id);
	const parent = state.posts.find(({ id }) => id === status.replyTo);
	return {
		id: status.id,
		created_at: status.createdAt,
		edited_at: status.editedAt ?? null,
		in_reply_to_id: status.replyTo ?? null,
		in_reply_to_account_id: parent ? accountId(parent.account) : null,
		sensitive: options.sensitive,
		spoiler_text: options.spoiler_text,
		visibility: options.visibility,
		language: options.language,
		uri: status.url.replace(
			`${url}/@${status.account}/`,
			`${url}/users/${status.account}/statuses/`,
		),
		url: status.url,
		replies_count: about('replyTo'),
		reblogs_count: boosts.length,
		favourites_count: 0,
		quotes_count: about('quoteOf'),
		content: html(status.text),
		reblog: null,
		application: options.application ? { name: options.application, website: null } : null,
		account: accountEntity(server, status.account),
		media_attachments: media.map((item) => mediaEntity(server, item)),
		mentions: [],
		tags: [...status.text.matchAll(/#(\w*[^\W\d]\w*)/gu)].map(([, name]) => ({
			name: name!.toLowerCase(),
			url: `${url}/tags/${name!.toLowerCase()}`,
		})),
		emojis: [],
		card: null,
		poll: pollEntity(server, status),
		...(viewer && {
			favourited: false,
			bookmarked: false,
			muted: false,
			reblogged: boosts.some(({ account }) => account === viewer),
		}),
		...quote(server, status),
	};
}

function quote(server: Server, status: Status) {
	if (server.settings.dialect !== 'current') return {};
	const quoted = server.state.posts.find(({ id }) => id === status.quoteOf);
	return {
		quote: quoted
			? {
					state: quoted.account.includes('@') ? 'pending' : 'accepted',
					quoted_status: statusEntity(server, { ...quoted, quoteOf: undefined }),
				}
			: null,
		quote_approval: {
			automatic: [status.options.quote_approval_policy ?? 'public'],
			manual: [],
			current_user: 'automatic',
		},
	};
}

export function boostEntity(server: Server, boost: Boost, viewer: string): Record<string, unknown> {
	const original = server.state.posts.find(({ id }) => id === boost.of)!;
	return {
		...statusEntity(server, original, viewer),
		id: boost.id,
		created_at: boost.createdAt,
		url: `${server.url}/users/${boost.account}/statuses/${boost.id}/activity`,
		uri: `${server.url}/users/${boost.account}/statuses/${boost.id}/activity`,
		account: accountEntity(server, boost.account),
		reblog: statusEntity(server, original, viewer),
	};
}

export function pollEntity({ clock }: Server, { options }: Status) {
	const { poll } = options;
	if (!poll) return null;
	return {
		id: poll.id,
		expires_at: new Date(poll.expiresAt).toISOString(),
		expired: poll.expiresAt <= clock.now(),
		multiple: poll.multiple,
		votes_count: 0,
		voters_count: 0,
		options: poll.options.map((title) => ({ title, votes_count: poll.hideTotals ? null : 0 })),
		emojis: [],
		voted: true,
		own_votes: [],
	};
}

export function mediaEntity({ url }: Server, item: MediaItem) {
	const ready = item.pollsLeft === 0 && !item.failed;
	const address = `${url}/system/media_attachments/files/${item.id}/original/${item.sha256?.slice(0, 16)}`;
	const { width, height, focus } = item;
	return {
		id: item.id,
		type: item.kind,
		url: ready ? address : null,
		preview_url: ready ? address.replace('original', 'small') : null,
		remote_url: null,
		preview_remote_url: null,
		text_url: null,
		meta: {
			...(width &&
				height && {
					original: { width, height, size: `${width}x${height}`, aspect: width / height },
				}),
			...(focus && { focus }),
		},
		description: item.alt ?? null,
		blurhash: ready ? 'UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH' : null,
	};
}

export function scheduledEntity(server: Server, { id, scheduledAt, createdAt, draft }: Scheduled) {
	const { visibility, spoiler_text, sensitive, language, poll } = draft.options;
	return {
		id,
		scheduled_at: new Date(scheduledAt).toISOString(),
		params: {
			text: draft.text,
			visibility,
			spoiler_text,
			sensitive,
			language,
			poll: poll
				? {
						options: poll.options,
						multiple: poll.multiple,
						hide_totals: poll.hideTotals,
						expires_in: Math.round((poll.expiresAt - createdAt) / 1000),
					}
				: null,
			media_ids: draft.media.map((item) => item.id),
			in_reply_to_id: draft.replyTo ?? null,
			scheduled_at: null,
			idempotency: null,
			with_rate_limit: false,
			application_id: 1,
		},
		media_attachments: draft.media.map((item) => mediaEntity(server, item)),
	};
}

function html(source: string): string {
	if (!source) return '';
	const linked = (line: string) =>
		escaped(line).replace(
			/https?:\/\/[^\s<]+/g,
			(link) => `<a href="${link}" rel="nofollow noopener" target="_blank">${link}</a>`,
		);
	const paragraphs = source.split(/\n{2,}/);
	return paragraphs.map((one) => `<p>${one.split('\n').map(linked).join('<br />')}</p>`).join('');
}
