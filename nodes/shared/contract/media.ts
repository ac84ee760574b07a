import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** A Node stream of Buffers, as n8n hands it out. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file's bytes, piece by piece. */
export interface Bytes extends AsyncIterable<Buffer> {
	/** The pieces were read for this reader alone, whose they are from then on. */
	readonly own?: true;
}

/** Where a medium comes from, as the user gave it. */
export interface MediaSource {
	/** Name of a binary property of the item, or n8n's own binary data. */
	binary?: string | IBinaryData;
	url?: string;
	/** Instead of a place: what keeps it from being loaded. */
	missing?: string;
	alt: string;
	/** What only some platforms take, such as `focus`. */
	options: IDataObject;
}

/** One medium, read as far as its facts; the bytes are streamed when asked for. */
export interface Media {
	/** File name for the platform and for messages. */
	readonly name: string;
	/** Sniffed from the bytes; empty if they say nothing. */
	readonly mime: string;
	/** Hash of the first bytes: with the size it tells the file from others. */
	readonly digest: string;
	/** Undefined where a server does not tell before sending. */
	readonly bytes?: number;
	readonly width?: number;
	readonly height?: number;
	readonly seconds?: number;
	/** On average, which few files meet to the point. */
	readonly framesPerSecond?: number;
	/** Of a picture; undefined where its first bytes do not tell. */
	readonly animated?: boolean;
	readonly alt: string;
	readonly options: IDataObject;
	readonly source: 'binary' | 'url';
	/** The URL leads to the file only by way of another. */
	readonly redirected?: true;
	/** The bytes from the start; may be asked for again. */
	open(): Promise<Bytes>;
	/** A URL to fetch it from: the given one, or a signed one on this n8n, if it stores files. */
	publicUrl(): string | undefined;
}

/** What a page says of itself, by Open Graph (https://ogp.me) or plain HTML. */
export interface LinkCard {
	title: string;
	description: string;
	/** Absolute URL. */
	image?: string;
	/** Host of the page, where it stands inside of the network and was linked to there. */
	innerHost?: string;
}
