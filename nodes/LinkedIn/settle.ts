import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/api';
import type { Post, Settled } from '../shared/platform';
import { fromLittleText, shownText } from './littleText';
import { listPosts, mayRead } from './operations';
import { authorOf } from './organizations';
import { textOf } from './publish';
import { urlOf } from './urns';

interface Found extends IDataObject {
	id: string;
	commentary?: string;
	createdAt?: number;
	content?: { media?: { id: string }; multiImage?: { images: Array<{ id: string }> } };
}

const PAGE = 20;

/**
 * LinkedIn has no key for repeated requests, so the last posts of the organization are looked at.
 * Those of a member cannot be read, and that LinkedIn refuses duplicates is no proof either way: it
 * does so for minutes only, and remembers posts that are gone.
 */
export async function settle(api: Api, post: Post, mark: IDataObject): Promise<Settled> {
	const { urn, account } = await authorOf(api, post.target);
	if (!mayRead(api, urn)) return undefined;
	const media = (mark.media ?? []) as string[];
	let complete = false;
	const found = await api.until(
		async () => {
			const { items } = await listPosts(api, urn, PAGE);
			const posts = items as Found[];
			complete = posts.length < PAGE || posts.some((one) => !isSince(one, api.slot.at));
			return posts.find(
				(one) => isSince(one, api.slot.at) && hasMedia(one, media) && hasText(one, post),
			);
		},
		{ every: 2000, atMost: 6000 },
	);
	if (found) return { id: found.id, url: urlOf(api, found.id), ...(account && { account }) };
	return complete ? 'absent' : undefined;
}

function isSince({ createdAt = 0 }: Found, since: number): boolean {
	return createdAt >= Math.floor(since / 1000) * 1000;
}

function hasMedia({ content = {} }: Found, media: string[]): boolean {
	const { media: one, multiImage } = content;
	const ids = multiImage?.images.map(({ id }) => id) ?? (one ? [one.id] : []);
	// The picture of a link card is not among them.
	return ids.length === 0 || media.every((id) => ids.includes(id));
}

function hasText({ commentary = '' }: Found, post: Post): boolean {
	return even(fromLittleText(commentary)) === even(shownText(textOf(post)));
}

function even(text: string): string {
	return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
