import type { Open } from '../contract/http';
import { exactly } from './chunks';

/**
 * A request body that is read while it is sent. n8n's HTTP client streams an object that claims to
 * be a Blob, and takes Content-Length and Content-Type from it. A Node stream would need an import
 * that is forbidden for community nodes.
 */
export interface StreamedBody {
	readonly size: number;
	readonly type: string;
	readonly [Symbol.toStringTag]: 'Blob';
	[Symbol.asyncIterator](): AsyncIterator<Buffer>;
	/** Call after sending, because the client leaves the source open if the connection breaks. */
	destroy(): void;
}

/** Calls `open` for each transmission, so that n8n can repeat the request with a new token. */
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
			// Not awaited, because a stalled source never returns.
			for (const bytes of opened.splice(0)) bytes.return(undefined).catch(() => undefined);
		},
	};
}

async function* lazily(open: Open) {
	yield* await open();
}
