/** Describes the limits of a platform in words. */

const UNITS = {
	graphemes: 'characters (graphemes)',
	codePoints: 'characters',
	utf16: 'characters, most emoji count 2',
	bytes: 'bytes of UTF-8',
	weighted: 'weighted characters: a link counts 23, an emoji or a CJK character 2',
	emojiBytes: 'characters, an emoji counts as its bytes of UTF-8',
};

const KINDS = {
	image: ['image', 'images'],
	gif: ['GIF', 'GIFs'],
	video: ['video', 'videos'],
	audio: ['audio file', 'audio files'],
	document: ['document', 'documents'],
};

/** Names that are better known than the subtype. */
const TYPES = {
	'video/quicktime': 'MOV',
	'video/mpeg': 'MPEG',
	'video/x-ms-asf': 'ASF',
	'video/x-msvideo': 'AVI',
	'video/x-matroska': 'MKV',
	'video/x-flv': 'FLV',
	'video/3gpp': '3GP',
	'video/3gpp2': '3G2',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PPTX',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
	'application/x-cfb': 'DOC, PPT',
	'audio/mpeg': 'MP3',
	'audio/mp4': 'M4A',
	'image/webp': 'WebP',
	'video/webm': 'WebM',
};

const WAYS = {
	bytes: 'sent by n8n',
	url: 'fetched by the platform from a URL',
	either: 'files are sent by n8n, URLs fetched by the platform',
};

const MIB = 1024 ** 2;

function textWords({ max, unit, maxBytes, urlLength, mentionWithoutHost }) {
	return [
		`${number(max)} ${UNITS[unit]}`,
		...(maxBytes ? [`at most ${number(maxBytes)} bytes of UTF-8`] : []),
		...(urlLength ? [`a link counts ${urlLength}`] : []),
		...(mentionWithoutHost ? ['of @user@host only @user counts'] : []),
	].join(', ');
}

/** Describes all kinds of media in one table cell. */
function mediaWords({ media, mixed }) {
	const kinds = Object.entries(media).map(([kind, { count, bytes, types }]) => {
		const named = types.length > 1 ? ` (${typeWords(media, kind)})` : '';
		return `${countWords(kind, count)} of up to ${sizeWords(bytes)}${named}`;
	});
	return [...kinds, ...(mixed ? [mixedWords(mixed)] : [])].join('<br>');
}

/** @returns {[head: string[], rows: string[][]]} the limits of each kind of media */
function mediaTable({ media }) {
	const head = ['In one post', 'Each up to', 'Types', 'Alt text', 'Further', 'How it gets there'];
	const rows = Object.entries(media).map(([kind, limit]) => [
		countWords(kind, limit.count),
		sizeWords(limit.bytes),
		typeWords(media, kind),
		limit.alt ? `${number(limit.alt)} characters` : 'none',
		furtherWords(limit),
		WAYS[limit.from],
	]);
	return [head, rows];
}

function furtherWords({ seconds, ratio, pixels, width, framesPerSecond }) {
	const words = [
		...(seconds ? [`${spanWords(seconds)} s`] : []),
		...(ratio ? [`width to height ${ratioWords(ratio.min)} to ${ratioWords(ratio.max)}`] : []),
		...(pixels ? [`up to ${number(pixels)} pixels`] : []),
		...(width ? [`up to ${number(width)} pixels wide`] : []),
		...(framesPerSecond ? [`${spanWords(framesPerSecond)} frames per second`] : []),
	];
	return words.join(', ') || '-';
}

function spanWords({ min, max }) {
	return `${min > 0 ? `${min} ` : 'up '}to ${max}`;
}

function mixedWords({ kinds, count }) {
	return `${kinds.map((kind) => KINDS[kind][1]).join(' and ')} together, ${count} in all`;
}

function countWords(kind, count) {
	const [one, many] = KINDS[kind];
	return `${count} ${count === 1 ? one : many}`;
}

/**
 * Names the types of a kind. A type that is also listed as GIF is an image only if it is not
 * animated.
 */
function typeWords(media, kind) {
	const moving = kind === 'gif' ? [] : (media.gif?.types ?? []);
	const words = (type) => TYPES[type] ?? type.split('/')[1].toUpperCase();
	const all = media[kind].types.map(
		(type) => `${moving.includes(type) ? 'still ' : ''}${words(type)}`,
	);
	return all.join(', ');
}

function sizeWords(bytes) {
	if (bytes % MIB !== 0) return `${number(Math.round(bytes / 1e5) / 10)} MB`;
	return bytes % (1024 * MIB) === 0 ? `${bytes / MIB / 1024} GiB` : `${bytes / MIB} MiB`;
}

function ratioWords(ratio) {
	return ratio < 1 ? `1:${number(Math.round(100 / ratio) / 100)}` : `${number(ratio)}:1`;
}

function number(value) {
	return value.toLocaleString('en-US');
}

module.exports = { mediaTable, mediaWords, mixedWords, textWords };
