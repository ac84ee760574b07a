import { createHash } from 'crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { Bytes, Media, MediaSource } from '../contract/media';
import { refuse, Refused, rethrow, toFailure, type KnownFailure } from '../errors/failure';
import { head, limited } from '../http/chunks';
import type { MayBeInner } from '../http/egress';
import { mended } from '../mended';
import { KIB } from '../units';
import { download, refuseUrl, streamOf } from './download';
import { fileOf, filesOf, nameOf } from './field';
import { readMovie } from './mp4';
import { sniff } from './sniff';
import { nameIn } from './url';

/** What the platforms need of a file. */
export interface MediaNeed {
	/** False if every platform fetches URLs itself; a URL is then only inspected. */
	bytes: boolean;
	/** Most bytes to download. */
	atMost: number;
	/** Platform ID for failures. */
	platform: string;
	/** Hosts for which n8n's settings may allow private addresses; default: all. */
	mayBeInner?: MayBeInner;
}

/** Read size: large enough to be fast, small enough to keep garbage small. */
const READ = 256 * KIB;

/** Bytes that can be opened several times. */
interface Store {
	bytes?: number;
	open(): Promise<Bytes>;
	publicUrl(): string | undefined;
}

/** The files that were read, and the failures of the others. */
export interface Loaded {
	media: Media[];
	lost: KnownFailure[];
}

/** Loads files one by one; a file that cannot be read does not stop the others. */
export async function loadMedia(
	fn: IExecuteFunctions,
	itemIndex: number,
	sources: readonly MediaSource[],
	need: MediaNeed,
): Promise<Loaded> {
	const loaded: Loaded = { media: [], lost: [] };
	for (const source of sources) {
		try {
			loaded.media.push(await loadMedium(fn, itemIndex, source, need));
		} catch (error) {
			loaded.lost.push(error instanceof Refused ? error.failure : rethrow(error));
		}
	}
	return loaded;
}

async function loadMedium(
	fn: IExecuteFunctions,
	itemIndex: number,
	source: MediaSource,
	need: MediaNeed,
): Promise<Media> {
	const { url, binary, missing } = source;
	if (url) return await fromUrl(fn, source, url, need);
	if (missing !== undefined && !binary) return refuseMissing(need.platform, missing);
	try {
		return await fromItem(fn, itemIndex, source);
	} catch (error) {
		if (error instanceof TypeError) return rethrow(error);
		const { code, message } = error as { code?: string; message: string };
		const told = toFailure(error, need.platform);
		// n8n's messages about items are clear; errors of its stores need an explanation.
		return told.code === 'validation_failed'
			? refuseMissing(need.platform, told.message + filesOf(fn, itemIndex), told.remediation)
			: refuseMissing(
					need.platform,
					`The file ${nameOf(binary)} cannot be read (${code ?? message})`,
				);
	}
}

function refuseMissing(platform: string, message: string, remediation?: string): never {
	return refuse({
		...{ code: 'validation_failed', platform, rule: 'media.missing', message },
		...(remediation && { remediation }),
	});
}

/** Loads one file from the web; throws if it is empty or has more than `atMost` bytes. */
export async function loadFile(fn: IExecuteFunctions, url: string, need: MediaNeed) {
	const { platform, atMost } = need;
	const medium = await fromUrl(fn, { url, alt: '', options: {} }, url, need);
	const { bytes } = medium;
	if (bytes === 0) refuseUrl(platform, url, 'is empty');
	return bytes !== undefined && bytes > atMost
		? refuseUrl(platform, url, `has ${bytes} bytes, at most ${atMost} are taken here`)
		: medium;
}

async function fromItem(fn: IExecuteFunctions, itemIndex: number, source: MediaSource) {
	const binary = fileOf(fn, itemIndex, source.binary ?? 'data');
	const store = await storeOf(fn, binary);
	return await mediumOf(store, source, binary.fileName ?? nameOf(source.binary));
}

async function storeOf(fn: IExecuteFunctions, binary: IBinaryData): Promise<Store> {
	const { id } = binary;
	if (!id) {
		const data = Buffer.from(binary.data, 'base64');
		return { bytes: data.length, open: async () => inMemory(data), publicUrl: () => undefined };
	}
	const { fileSize } = await fn.helpers.getBinaryMetadata(id);
	return {
		bytes: fileSize,
		open: async () =>
			Object.assign(await fn.helpers.getBinaryStream(id, READ), { own: true as const }),
		publicUrl: () => fn.helpers.createBinarySignedUrl(binary, '1h'),
	};
}

async function* inMemory(data: Buffer) {
	yield data;
}

async function mediumOf(store: Store, source: MediaSource, name: string): Promise<Media> {
	return toMedium(store, source, name, await factsOf(store.open));
}

async function factsOf(open: Store['open']): Promise<Partial<Media>> {
	const start = await head(await open(), bounds.mediaHead.most);
	const facts = { ...sniff(start), digest: createHash('sha256').update(start).digest('hex') };
	const film = /^video\/(mp4|quicktime)$/.test(facts.mime ?? '');
	return film ? { ...facts, ...(await readMovie(await open())) } : facts;
}

function toMedium(store: Store, source: MediaSource, name: string, facts: Partial<Media>): Media {
	return {
		mime: '',
		digest: '',
		...facts,
		name: mended(name),
		bytes: store.bytes,
		alt: source.alt,
		options: source.options,
		source: source.url ? 'url' : 'binary',
		open: store.open,
		publicUrl: store.publicUrl,
	};
}

/**
 * Stores the bytes of a URL in n8n's binary store, so that their size is known and they can be read
 * again without staying in memory.
 */
async function fromUrl(fn: IExecuteFunctions, source: MediaSource, url: string, need: MediaNeed) {
	try {
		return await stored(fn, source, url, need);
	} catch (error) {
		const { code = '' } = error as { code?: string };
		return BROKEN.has(code)
			? refuseUrl(need.platform, url, `broke off (${code})`, true)
			: rethrow(error);
	}
}

/** Error codes of a stream whose server closed the connection. */
const BROKEN: ReadonlySet<string> = new Set(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);

async function stored(fn: IExecuteFunctions, source: MediaSource, url: string, need: MediaNeed) {
	const { stream, bytes, isRedirected } = await download(fn, url, need);
	const name = nameIn(url);
	const more = isRedirected ? { redirected: true as const } : {};
	if (!need.bytes || (bytes !== undefined && bytes > need.atMost)) {
		const first = await head(stream, bounds.mediaHead.most);
		const open = async () => refuseUrl(need.platform, url, 'is too large to be sent');
		// A server may omit the length of an empty file.
		const looked = { bytes: first.length === 0 ? 0 : bytes, open, publicUrl: () => url };
		const facts = await factsOf(async () => inMemory(first));
		return { ...toMedium(looked, source, name, facts), ...more };
	}
	const tooLong = () => refuseUrl(need.platform, url, `sends more than ${need.atMost} bytes`);
	const bounded = streamOf(stream, limited(stream, need.atMost, tooLong));
	const binary = await fn.helpers.prepareBinaryData(bounded, name);
	const store = await storeOf(fn, binary);
	return { ...(await mediumOf({ ...store, publicUrl: () => url }, source, name)), ...more };
}
