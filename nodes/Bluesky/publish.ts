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

/** Where a post stands: the account and the key. */
interface Place {
	repo: string;
	rkey: string;
}

interface Hanging extends IDataObject {
	root: Ref;
	parent: Ref;
}

/** A post as far as it is made: its records but for their time, and the video to be shown. */
interface Draft extends IDataObject {
	repo: string;
	rkey: string;
	record: IDataObject & { reply?: Hanging; embed?: IDataObject };
	gates: Entry[];
	film?: Film;
}

/** One record under a key that we choose, so that a repetition cannot make a second post. */
export async function publish(api: Api, post: Post): Promise<Published> {
	const { id: repo } = await api.account();
	const rkey = keyOf(api, post);
	const text = textOf(post);
	const reply = await hangingOn(api, post);
	const record = recordOf(post, text, {
		facets: await facetsOf(api, text),
		// Last, since a blob that no record refers to is thrown away within minutes.
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

/** Waits for the video, then publishes; the key stays, so that finishing twice makes one post. */
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

/** The post first, then what is written together with it. */
type Entries = [Entry, ...Entry[]];

function dated([post, ...gates]: Entries, at: number): Entries {
	const createdAt = new Date(at).toISOString();
	const date = ({ collection, value }: Entry) => ({ collection, value: { ...value, createdAt } });
	return [date(post), ...gates.map(date)];
}

/** A post alone: https://docs.bsky.app/docs/api/com-atproto-repo-put-record */
async function write(api: Api, place: Place, [post, ...gates]: Entries): Promise<Ref> {
	const { collection, value: record } = post;
	if (gates.length > 0) return await writeAll(api, place, [post, ...gates]);
	return await api.publish<Ref>(
		{
			method: 'POST',
			path: '/xrpc/com.atproto.repo.putRecord',
			// null: there must be no such record yet.
			body: { ...place, collection, record, swapRecord: null },
			idempotent: true,
		},
		{ ...place },
	);
}

/** Post and gates at once: https://docs.bsky.app/docs/api/com-atproto-repo-apply-writes */
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
 * The record at the key that we chose: the same in a retry, so that a look at it tells for sure. A
 * repetition cannot make a second one.
 */
export const readBack: ReadBack = {
	commitsWithin: 30_000,
	looks: { every: SECOND, atMost: 2 * SECOND },
	confirm: async (api, post, mark) => {
		// Without the hour of its first use a key leads nowhere.
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

/** A part of a thread stands behind the one before. */
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

/** In a thread the part before, else the post to answer, if there is one. */
async function hangingOn(api: Api, { parent, options }: Post): Promise<Hanging | undefined> {
	if (parent) {
		const { uri, cid, root } = parent as Ref & { root?: Ref };
		return { root: root ?? { uri, cid }, parent: { uri, cid } };
	}
	const { replyTo: target } = options as Options;
	return target ? await replyTo(api, target) : undefined;
}

/** Links, mentions and hashtags; a mention of a handle that does not resolve stays plain text. */
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
