import type { TextRule, TextUnit } from './textRule';

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
	/** No entry for one of these: the platform lacks it. With one, the core asks for it and checks it. */
	readonly title?: TitleLimit;
	readonly schedule?: ScheduleLimit;
	readonly poll?: PollLimit;
	readonly firstComment?: CommentLimit;
}

/** How long a text besides the post's own may be. */
export interface TextLimit {
	readonly max: number;
	readonly unit: TextUnit;
}

/** What people read about a field besides its figures. */
interface Explained {
	/** Whole sentences. */
	readonly note?: string;
}

/** Without a figure where nobody knows one. */
export interface TitleLimit extends Partial<TextLimit>, Explained {
	/** What has the title: `the post`, `a video or Reel`. */
	readonly of: string;
	/** Kinds of media that have one; absent: every post does. */
	readonly kinds?: readonly MediaKind[];
	/** Where none is given, the first line of the text is the title. */
	readonly required?: true;
	/** Check part of the rule id for one that is too long, if not `title.length`. */
	readonly rule?: string;
}

export interface ScheduleLimit extends Explained {
	/** Minutes ahead. */
	readonly ahead: { readonly min: number; readonly max?: number };
	/** A time that is over means at once; otherwise it is refused. */
	readonly pastIsNow?: true;
}

export interface PollLimit extends Explained {
	readonly answers: { readonly min: number; readonly max: number };
	/** Of each answer. */
	readonly answer: TextLimit;
	/** Every poll has one besides the text of the post. Absent: none has. */
	readonly question?: TextLimit;
	/** How long people may vote, or the only times to choose from; absent: the platform decides. */
	readonly minutes?: { readonly min: number; readonly max: number } | readonly number[];
	/** May media stand beside it? `checked`: no, and the platform's own check says so; absent: no. */
	readonly media?: 'allowed' | 'checked';
	/** People may be allowed several answers. */
	readonly multiple?: true;
	/** The results may be hidden until the end. */
	readonly hideTotals?: true;
	/** Check parts of rule ids, if not `poll.count` and `poll.length`. */
	readonly rules?: { readonly count: string; readonly length: string };
}

/** Without a figure where nobody knows one. */
export interface CommentLimit extends Partial<TextLimit>, Explained {
	/** `max` comes from others than the vendor, so that more is worth a warning only. */
	readonly unsure?: true;
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
