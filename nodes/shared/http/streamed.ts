import type { Open } from '../contract/http';
import { exactly } from './chunks';

/**
 * A request body that is read while it is sent. n8n's HTTP client streams what says to be a Blob,
 * and takes Content-Length and Content-Type from it; a stream made by hand would need an import
 * that community nodes may not have.
 */
export interface StreamedBody {
	readonly size: number;
	readonly type: string;
	readonly [Symbol.toStringTag]: 'Blob';
	[Symbol.asyncIterator](): AsyncIterator<Buffer>;
	/** To be called after sending: the client leaves the source open when the connection breaks. */
	destroy(): void;
}

/** `open` is called for each sending, so that n8n can repeat it after renewing a token. */
export function streamed(open: Open, size: number, type: string): StreamedBody {
	const opened: Array<AsyncGenerator<Buffer>> = [];
	return {
		size,
		type,
		[Symbol.toStringTag]: 'Blob',
		[Symbol.asyncIterator]() {
			const bytes = exactly(lazily(open), size);
			opened.push(bytes);
			return bytes;
		},
		destroy() {
			// Not waited for: a source that has stalled would never come back.
			for (const bytes of opened.splice(0)) bytes.return(undefined).catch(() => undefined);
		},
	};
}

async function* lazily(open: Open) {
	yield* await open();
}
