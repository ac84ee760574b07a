import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Post } from '../shared/contract/post';
import type { Listed, Newest, ReadBack, Sought } from '../shared/contract/readBack';
import { even } from '../shared/publish/reconcile';
import { MINUTE } from '../shared/units';
import { fromLittleText, toLittleText } from './littleText';
import { listPosts, mayRead } from './operations';
import { actorOf, authorOf } from './organizations';
import { textOf } from './publish';
import { urlOf } from './urns';

/** The mark made before the publishing request; it is empty after a crash. */
interface Mark extends IDataObject {
	/** URNs of its files. */
	media: string[];
	/** In little text, as sent. */
	commentary: string;
}

/** Further data for reading the list. */
interface More extends IDataObject {
	author: string;
	files: boolean;
	/** A link that is either after the text or on a card; only the mark shows which. */
	link?: string;
}

interface Found extends IDataObject {
	id: string;
	commentary?: string;
	createdAt?: number;
	content?: { media?: { id: string }; multiImage?: { images: Array<{ id: string }> } };
}

const PAGE = 20;

/**
 * LinkedIn has no idempotency key, so the author's newest posts are compared. Most tokens cannot
 * read a member's posts. LinkedIn's refusal of a duplicate proves nothing: it lasts only minutes,
 * and also concerns deleted posts.
 */
export const readBack: ReadBack = {
	// Assumption: LinkedIn documents no time. Gateways commonly give up after a minute while the
	// server continues.
	commitsWithin: MINUTE,
	looks: { every: 2000, atMost: 6000 },
	sought,
	newest,
};

async function sought(api: Api, post: Post, mark: IDataObject): Promise<Sought | undefined> {
	const { urn: author } = await actorOf(api, post.target);
	if (!mayRead(api, author)) return undefined;
	const { media, commentary = toLittleText(textOf(post)) } = mark as Partial<Mark>;
	// After Resume LinkedIn has the files, and the post no longer contains them.
	const files = media?.length ?? (post.media.length || undefined);
	const more: More = {
		author,
		files: (files ?? 0) > 0,
		...(post.link && !media && post.media.length === 0 && { link: post.link }),
	};
	return { text: fromLittleText(commentary), media: media ?? [], files, more };
}

async function newest(api: Api, { text, more }: Sought, cursor?: string): Promise<Newest> {
	const { author, files, link } = more as More;
	const { items, cursor: next } = await listPosts(api, author, PAGE, cursor);
	const posts = items.map((item) => {
		const one = listed(api, item as Found, author, link);
		const { media, text: readings } = one;
		// LinkedIn may not show the file that would identify the post.
		const isHidden = files && !media && readings.some((reading) => even(reading) === even(text));
		return isHidden ? { ...one, is: 'maybe' as const } : one;
	});
	return { posts, cursor: next };
}

function listed(api: Api, one: Found, author: string, link?: string) {
	const { id, createdAt, commentary = '', content } = one;
	const words = fromLittleText(commentary);
	const media = filesOf(content);
	return {
		id,
		...(createdAt !== undefined && { at: createdAt }),
		...(media && { media }),
		text: link && words.endsWith(link) ? [words, words.slice(0, -link.length)] : [words],
		published: async () => {
			const { account } = await authorOf(api, author);
			return { id, url: urlOf(api, id), ...(account && { account }) };
		},
	} satisfies Listed;
}

/** The files that LinkedIn shows; the image of a link card is not among them. */
function filesOf({ media, multiImage }: Found['content'] = {}): string[] | undefined {
	return multiImage?.images.map(({ id }) => id) ?? (media && [media.id]);
}
