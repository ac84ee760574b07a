import type { TextRule, TextUnit } from './textRule';

/** A range that includes both ends. */
export interface Range {
	readonly min: number;
	readonly max: number;
}

/** What a platform accepts. */
export interface Limits {
	readonly text: TextRule;
	/** Kinds without an entry are refused. */
	readonly media: Readonly<Partial<Record<MediaKind, MediaLimit>>>;
	/** Kinds that one post may combine, and how many files; if absent, a post takes one kind. */
	readonly mixed?: { readonly kinds: readonly MediaKind[]; readonly count: number };
	/** Posts may have no text. */
	readonly textOptional?: boolean;
	/** Posts must have media. */
	readonly mediaRequired?: true;
	/**
	 * Post fields. The core shows and checks a field that has an entry; the platform lacks the
	 * others.
	 */
	readonly title?: TitleLimit;
	readonly schedule?: ScheduleLimit;
	readonly poll?: PollLimit;
	readonly firstComment?: CommentLimit;
}

/** Limit of a text other than the post's own. */
export interface TextLimit {
	readonly max: number;
	readonly unit: TextUnit;
}

/** Text that users read beside a field's figures. */
interface Explained {
	/** Whole sentences. */
	readonly note?: string;
}

/** Without figures if the vendor's limit is unknown. */
export interface TitleLimit extends Partial<TextLimit>, Explained {
	/** What the title belongs to: `the post`, `a video or Reel`. */
	readonly of: string;
	/** Kinds of media that have a title; if absent, every post has one. */
	readonly kinds?: readonly MediaKind[];
	/** The post needs a title. If none is given, the first line of the text is used. */
	readonly required?: true;
	/** Last part of the rule ID for a title that is too long; default: `title.length`. */
	readonly rule?: string;
}

export interface ScheduleLimit extends Explained {
	/** Minutes from now. */
	readonly ahead: { readonly min: number; readonly max?: number };
	/** A past time publishes at once; otherwise it is refused. */
	readonly pastIsNow?: true;
}

export interface PollLimit extends Explained {
	readonly answers: Range;
	/** Limit of each answer. */
	readonly answer: TextLimit;
	/** Every poll has a question besides the post's text; if absent, none has. */
	readonly question?: TextLimit;
	/** Voting time in minutes: a range, or the only choices. If absent, the platform decides. */
	readonly minutes?: Range | readonly number[];
	/**
	 * Whether the post may have media. `checked`: no, and the platform's own check reports it.
	 * Absent: no.
	 */
	readonly media?: 'allowed' | 'checked';
	/** Voters may choose several answers, if the user allows it. */
	readonly multiple?: true;
	/** The user may hide results until the end. */
	readonly hideTotals?: true;
	/** Last parts of the rule IDs; default: `poll.count` and `poll.length`. */
	readonly rules?: { readonly count: string; readonly length: string };
}

/** Without figures if the vendor's limit is unknown. */
export interface CommentLimit extends Partial<TextLimit>, Explained {
	/** `max` is not from the vendor, so a longer text causes only a warning. */
	readonly unsure?: true;
}

export type MediaKind = 'image' | 'gif' | 'video' | 'audio' | 'document';

/** Limits of each file of one kind; `count` is the number of such files per post. */
export interface MediaLimit {
	readonly count: number;
	readonly bytes: number;
	/** MIME types, as detected from the bytes. */
	readonly types: readonly string[];
	/**
	 * `bytes`: we send the file. `url`: the vendor fetches a public URL. `either`: files are sent,
	 * URLs fetched.
	 */
	readonly from: 'bytes' | 'url' | 'either';
	/** Most characters of alt text; absent if the platform takes none. */
	readonly alt?: number;
	readonly seconds?: Range;
	/** Width divided by height. */
	readonly ratio?: Range;
	/** Width times height. */
	readonly pixels?: number;
	/** Most pixels of width. */
	readonly width?: number;
	readonly framesPerSecond?: Range;
}
