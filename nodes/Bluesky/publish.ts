import type { IDataObject } from 'n8n-workflow';

import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Post, Published } from '../shared/contract/post';
import type { ReadBack } from '../shared/contract/readBack';
import { isVideo } from '../shared/media/kind';
import { SECOND } from '../shared/units';
import { embedOf, withVideo } from './embed';
import { detectFacets, richTextFacets, type RichTextFacet } from './facets';
import { gatesOf, type Entry } from './gates';
import type { Options } from './options';
import { didOf, POST, replyTo, type Ref } from './refs';
import { textOf } from './text';
import { tidOf } from './tid';
import { processed, uploadVideo, type Film } from './video';

/** The account and the key of a post. */
interface Place {
	repo: string;
	rkey: string;
}

interface Hanging extends IDataObject {
	root: Ref;
	parent: Ref;
}

/** A prepared post: its records without their time, and the video that it shows. */
interface Draft extends IDataObject {
	repo: string;
	rkey: string;
	record: IDataObject & { reply?: Hanging; embed?: IDataObject };
	gates: Entry[];
	film?: Film;
}

/** Writes one record under a key that we choose, so that a retry cannot make a second post. */
export async function publish(api: Api, post: Post): Promise<Published> {
	const { id: repo } = await api.account();
	const rkey = keyOf(api, post);
	const text = textOf(post);
	const reply = await hangingOn(api, post);
	const record = recordOf(post, text, {
		facets: await facetsOf(api, text),
		// Last, because the server deletes a blob within minutes if no record refers to it.
		embed: await embedOf(api, post),
		reply,
	});
	const film = await filmOf(api, post);
	const gates = gatesOf(`at://${repo}/${POST}/${rkey}`, post);
	return await finish(api, { repo, rkey, record, gates, ...(film && { film }) });
}

async function filmOf(api: Api, { media: [first], options }: Post): Promise<Film | undefined> {
	if (!first || !isVideo(first)) return undefined;
	return await uploadVideo(api, first, (options as Options).videoUpload);
}

/**
 * Waits for the video, then publishes. The key stays the same, so that a second call makes no
 * second post.
 */
export async function finish(api: Api, state: IDataObject): Promise<Published> {
	const { film, ...draft } = state as Draft;
	const { repo, rkey, record, gates } = draft;
	const video = film && (await processed(api, film));
	if (film && !video) {
		const { jobId } = film;
		return { id: String(jobId), status: 'processing', resume: { ...draft, film: { jobId } } };
	}
	const embed = video ? withVideo(record.embed ?? {}, video) : record.embed;
	const post = { collection: POST, value: { ...record, ...(embed && { embed }) } };
	const written = await write(api, { repo, rkey }, dated([post, ...gates], api.attempt.at));
	return publishedOf(api, written, rkey, record.reply?.root);
}

/** The post first, then the records that are written together with it. */
type Entries = [Entry, ...Entry[]];

function dated([post, ...gates]: Entries, at: number): Entries {
	const createdAt = new Date(at).toISOString();
	const date = ({ collection, value }: Entry) => ({ collection, value: { ...value, createdAt } });
	return [date(post), ...gates.map(date)];
}

/** Writes a post alone: https://docs.bsky.app/docs/api/com-atproto-repo-put-record */
async function write(api: Api, place: Place, [post, ...gates]: Entries): Promise<Ref> {
	const { collection, value: record } = post;
	if (gates.length > 0) return await writeAll(api, place, [post, ...gates]);
	return await api.publish<Ref>(
		{
			method: 'POST',
			path: '/xrpc/com.atproto.repo.putRecord',
			// null: no record with this key may exist yet.
			body: { ...place, collection, record, swapRecord: null },
			idempotent: true,
		},
		{ ...place },
	);
}

/** Writes post and gates at once: https://docs.bsky.app/docs/api/com-atproto-repo-apply-writes */
async function writeAll(api: Api, { repo, rkey }: Place, entries: Entry[]): Promise<Ref> {
	const writes = entries.map(({ collection, value }) => ({
		$type: 'com.atproto.repo.applyWrites#create',
		collection,
		rkey,
		value,
	}));
	const { results } = await api.publish<{ results: [Ref, ...Ref[]] }>(
		{
			method: 'POST',
			path: '/xrpc/com.atproto.repo.applyWrites',
			body: { repo, writes },
			idempotent: true,
		},
		{ repo, rkey },
	);
	const [post] = results;
	return post;
}

/**
 * Looks at the record with the key that we chose. A retry uses the same key, so the look is certain
 * and a retry cannot make a second post.
 */
export const readBack: ReadBack = {
	commitsWithin: 30_000,
	looks: { every: SECOND, atMost: 2 * SECOND },
	confirm: async (api, post, mark) => {
		// Without the time of its first use, the key cannot be computed again.
		if (!('rkey' in mark) && api.attempt.isUndated) return 'unknown';
		const { repo = (await api.account()).id, rkey = keyOf(api, post) } = mark as Partial<Place>;
		const { status, body } = await api.reply(
			{ path: '/xrpc/com.atproto.repo.getRecord', query: { repo, collection: POST, rkey } },
			[400],
		);
		if (status === 200) {
			const { uri, cid, value } = body as Ref & { value: { reply?: Hanging } };
			return publishedOf(api, { uri, cid }, rkey, value.reply?.root);
		}
		return (body as IDataObject).error === 'RecordNotFound' ? 'not-published' : 'unknown';
	},
};

/** The key of a post; a part of a thread sorts after the part before it. */
function keyOf(api: Api, { parent }: Post): string {
	return tidOf(api.attempt, parent && String(parent.uri).split('/').pop());
}

function publishedOf(api: Api, { uri, cid }: Ref, rkey: string, root?: Ref): Published {
	const [, , did] = uri.split('/');
	return {
		id: uri,
		url: `${webOf(api)}/profile/${did}/post/${rkey}`,
		ref: { uri, cid, ...(root && { root }) },
	};
}

function recordOf(
	{ options }: Post,
	text: string,
	parts: { facets: RichTextFacet[]; embed?: IDataObject; reply?: Hanging },
): IDataObject {
	const { langs = '', labels = [] } = options as Options;
	const languages = listed(langs);
	const { facets, embed, reply } = parts;
	return {
		$type: POST,
		text,
		...(facets.length > 0 && { facets }),
		...(languages.length > 0 && { langs: languages }),
		...(reply && { reply }),
		...(embed && { embed }),
		...(labels.length > 0 && {
			labels: {
				$type: 'com.atproto.label.defs#selfLabels',
				values: labels.map((val) => ({ val })),
			},
		}),
	};
}

/** The reply target: in a thread the part before, otherwise the post chosen by the user, if any. */
async function hangingOn(api: Api, { parent, options }: Post): Promise<Hanging | undefined> {
	if (parent) {
		const { uri, cid, root } = parent as Ref & { root?: Ref };
		return { root: root ?? { uri, cid }, parent: { uri, cid } };
	}
	const { replyTo: target } = options as Options;
	return target ? await replyTo(api, target) : undefined;
}

/**
 * Finds links, mentions and hashtags. A mention of a handle that does not resolve stays plain text.
 */
async function facetsOf(api: Api, text: string): Promise<RichTextFacet[]> {
	const found = await detectFacets(text);
	const dids: Record<string, string> = {};
	for (const facet of found) {
		if (facet.kind !== 'mention') continue;
		const { handle } = facet;
		const did = await api.tolerate(
			`The mention of @${handle}`,
			async () => await didOf(api, handle),
		);
		if (did) dids[handle] = did;
	}
	return richTextFacets(found, dids);
}

function listed(text: string) {
	return text
		.split(',')
		.map((one) => one.trim())
		.filter(Boolean);
}
