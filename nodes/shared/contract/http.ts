import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

/** The n8n contexts in which a platform can be asked something. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** What came back. `status` 0: no answer; then `unsent` says that the request never left. */
export interface Reply {
	status: number;
	headers: IDataObject;
	/** Parsed JSON, else the text; for status 0 the network's error code. */
	body: unknown;
	unsent?: true;
	/** Of no answer, where it would be the same another time: what is wrong and what helps. */
	hopeless?: { message: string; remediation: string };
}

/** One request on the wire, unsigned. */
export interface Call {
	method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
	url: string;
	query?: IDataObject;
	headers?: IDataObject;
	/** Sent as JSON, or as it is if a Buffer. */
	body?: IDataObject | Buffer;
	/** Sent form-urlencoded. */
	form?: IDataObject;
	/** Sent as multipart/form-data; a function, because a stream can be read only once. */
	parts?: () => Promise<FormPart[]>;
	/** A raw body of known length, streamed. */
	stream?: { open: Open; bytes: number; type: string };
	/** Ms until the request counts as lost; of an upload, without a byte moving. */
	timeout?: number;
	/** Bytes that a good answer may have; a larger one counts as none. */
	atMost?: number;
	/** Ends the request early. */
	signal?: AbortSignal;
	/** Whole numbers in the answer that are too long for JavaScript come as strings. */
	longNumbers?: true;
}

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

/** Bytes that have room around them for the rest of the form. */
export interface Framed {
	bytes: Buffer;
	framed(before: Buffer, after: Buffer): Buffer;
}

export type Open = () => AsyncIterable<Buffer> | Promise<AsyncIterable<Buffer>>;
