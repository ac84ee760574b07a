import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

/** n8n contexts from which requests can be sent. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** An answer. `status` is 0 if there is none; `unsent` then means that the request never left. */
export interface Reply {
	status: number;
	headers: IDataObject;
	/** Parsed JSON, else the text. For status 0, the network's error code. */
	body: unknown;
	unsent?: true;
	/** Set if there is no answer and a repetition cannot help. */
	hopeless?: { message: string; remediation: string };
}

/** One request as it is sent. */
export interface Call {
	method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
	url: string;
	query?: IDataObject;
	headers?: IDataObject;
	/** A Buffer is sent as it is, an object as JSON. */
	body?: IDataObject | Buffer;
	/** Sent form-urlencoded. */
	form?: IDataObject;
	/** Sent as multipart/form-data. A function, because a stream can be read only once. */
	parts?: () => Promise<FormPart[]>;
	/** A streamed body of known length. */
	stream?: { open: Open; bytes: number; type: string };
	/** Ms until the request counts as lost; for an upload, ms without progress. */
	timeout?: number;
	/** Most bytes of a good answer; a larger one counts as no answer. */
	atMost?: number;
	/** Aborts the request. */
	signal?: AbortSignal;
	/** Returns integers of 16 or more digits as strings, because JavaScript would round them. */
	longNumbers?: true;
}

/** Sends one request. Refusals and network errors are replies, not exceptions. */
export type Http = (call: Call) => Promise<Reply>;

export type FormPart = TextPart | FilePart;

export interface TextPart {
	name: string;
	value: string;
}

export interface FilePart {
	name: string;
	filename: string;
	contentType: string;
	data: Buffer | FileBytes | Framed;
}

/** A file that is read while it is sent. */
export interface FileBytes {
	bytes: number;
	open: Open;
}

/** Bytes in memory with spare room before and after them, so that the form needs no copy. */
export interface Framed {
	bytes: Buffer;
	framed(before: Buffer, after: Buffer): Buffer;
}

/** Opens the bytes from the start; may be called several times. */
export type Open = () => AsyncIterable<Buffer> | Promise<AsyncIterable<Buffer>>;
