import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/api';
import type { Post, Settled } from '../shared/platform';
import { fromLittleText } from './littleText';
import { listPosts, mayRead } from './operations';
import { authorOf } from './organizations';
import { urlOf } from './urns';

/** What was noted of the post that is looked for. */
interface Mark extends IDataObject {
	/** URNs of its files. */
	media: string[];
	/** As it was sent. */
	commentary: string;
}

interface Found extends IDataObject {
	id: string;
	commentary?: string;
	createdAt?: number;
	content?: { media?: { id: string }; multiImage?: { images: Array<{ id: string }> } };
}

const PAGE = 20;
/** How far LinkedIn's clock may be behind. */
const SKEW = 60_000;

/**
 * LinkedIn has no key for repeated requests, so the last posts of the organization are looked at.
 * Those of a member cannot be read, and that LinkedIn refuses duplicates is no proof either way: it
 * does so for minutes only, and remembers posts that are gone.
 */
export async function settle(api: Api, post: Post, noted: IDataObject): Promise<Settled> {
	const { urn, account } = await authorOf(api, post.target);
	if (!mayRead(api, urn)) return undefined;
	const mark = noted as Mark;
	let last: Found[] = [];
	const found = await api.until(
		async () => {
			last = (await listPosts(api, urn, PAGE)).items as Found[];
			return last.find((one) => isIt(one, mark, api.slot.at));
		},
		{ every: 2000, atMost: 6000 },
	);
	if (found) return { id: found.id, url: urlOf(api, found.id), ...(account && { account }) };
	return isAbsent(last, mark, api.slot.at - SKEW) ? 'absent' : undefined;
}

/** A file belongs to one post, of which it is the proof; a text may have been posted before. */
function isIt(one: Found, mark: Mark, since: number): boolean {
	const shown = filesOf(one);
	if (mark.media.length > 0) return mark.media.every((id) => shown.includes(id));
	return isSince(one, since) && isLike(one, mark);
}

/** All posts since then were listed, and none of them may be it. */
function isAbsent(posts: Found[], mark: Mark, since: number): boolean {
	const complete = posts.length < PAGE || posts.some((one) => !isSince(one, since));
	return complete && !posts.some((one) => isSince(one, since) && isLike(one, mark));
}

function isSince({ createdAt = 0 }: Found, since: number): boolean {
	return createdAt >= Math.floor(since / 1000) * 1000;
}

/** The same text, and no files that are not its own. */
function isLike(one: Found, { media, commentary }: Mark): boolean {
	const same = even(one.commentary ?? '') === even(commentary);
	return same && filesOf(one).every((id) => media.includes(id));
}

/** The picture of a link card is not among them. */
function filesOf({ content = {} }: Found): string[] {
	const { media, multiImage } = content;
	return multiImage?.images.map(({ id }) => id) ?? (media ? [media.id] : []);
}

function even(littleText: string): string {
	return fromLittleText(littleText).normalize('NFC').replace(/\s+/g, ' ').trim();
}
