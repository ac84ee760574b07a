import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** A Node stream of Buffers, as n8n returns it. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file's bytes in pieces. */
export interface Bytes extends AsyncIterable<Buffer> {
	/** The pieces belong to this reader, which may change them. */
	readonly own?: true;
}

/** A media item as the user gave it. */
export interface MediaSource {
	/** Name of a binary property of the item, or n8n's binary data object. */
	binary?: string | IBinaryData;
	url?: string;
	/** Set instead of a source: why the file cannot be loaded. */
	missing?: string;
	alt: string;
	/** Options of single platforms, such as `focus`. */
	options: IDataObject;
}

/** One media file with its properties. Its bytes are streamed on demand. */
export interface Media {
	/** File name for the platform and for messages. */
	readonly name: string;
	/** Detected from the first bytes; empty if unknown. */
	readonly mime: string;
	/** Hash of the first bytes; identifies the file together with its size. */
	readonly digest: string;
	/** Undefined if the server does not announce the size. */
	readonly bytes?: number;
	readonly width?: number;
	readonly height?: number;
	readonly seconds?: number;
	/** Average over the whole file, so it can differ slightly from the nominal rate. */
	readonly framesPerSecond?: number;
	/** For pictures only; undefined if unknown. */
	readonly animated?: boolean;
	readonly alt: string;
	readonly options: IDataObject;
	readonly source: 'binary' | 'url';
	/** The URL redirects to the file. */
	readonly redirected?: true;
	/** Opens the bytes from the start; may be called several times. */
	open(): Promise<Bytes>;
	/**
	 * A URL from which the vendor can fetch the file: the given URL, or a signed one on this n8n if
	 * it stores files. Undefined if there is none.
	 */
	publicUrl(): string | undefined;
}

/** Preview data of a web page, from Open Graph (https://ogp.me) or plain HTML. */
export interface LinkCard {
	title: string;
	description: string;
	/** Absolute URL. */
	image?: string;
	/** The page's host, if it is inside the user's network and the user linked to it. */
	innerHost?: string;
}
