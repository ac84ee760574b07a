import type { TextRule } from './textRule';

export interface Limits {
	readonly text: TextRule;
	/** No entry: that kind is refused. */
	readonly media: Readonly<Partial<Record<MediaKind, MediaLimit>>>;
	/** Kinds that may stand together in one post; without it one kind a post. */
	readonly mixed?: { readonly kinds: readonly MediaKind[]; readonly count: number };
	/** The platform takes posts without text. */
	readonly textOptional?: boolean;
	/** The platform takes no posts without media. */
	readonly mediaRequired?: true;
}

export type MediaKind = 'image' | 'gif' | 'video' | 'audio' | 'document';

export interface MediaLimit {
	readonly count: number;
	readonly bytes: number;
	/** MIME types as sniffed. */
	readonly types: readonly string[];
	/** Sent by us, or fetched by the vendor from a public URL; `either`: files sent, URLs fetched. */
	readonly from: 'bytes' | 'url' | 'either';
	/** Characters of alt text, absent where the platform takes none. */
	readonly alt?: number;
	readonly seconds?: { readonly min: number; readonly max: number };
	/** Width divided by height. */
	readonly ratio?: { readonly min: number; readonly max: number };
	/** Width times height. */
	readonly pixels?: number;
	/** The most pixels from left to right. */
	readonly width?: number;
	readonly framesPerSecond?: { readonly min: number; readonly max: number };
}
