import { sniff } from '../../../nodes/shared/media/sniff';
import { box, mp4, riff } from '../../support/mediaFixtures';

const latin = (text: string) => Buffer.from(text, 'latin1');
const ebml = (type: string) =>
	latin(
		`\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82${String.fromCharCode(0x80 + type.length)}${type}`,
	);
const ogg = (packet: string) => latin(`OggS\0\x02${'\0'.repeat(20)}\x01\x13${packet}`);
const ftyp = (major: string, ...compatible: string[]) =>
	box('ftyp', latin(`${major}\0\0\0\0${compatible.join('')}`));

describe('other files', () => {
	it.each([
		['video/mp4', mp4()],
		['video/mp4', ftyp('iso5', 'avc1')],
		['video/quicktime', mp4({ brand: 'qt  ' })],
		['video/quicktime', latin('\0\0\x10\0moov\0\0\0\x6cmvhd')],
		['video/quicktime', latin('\0\0\0\x08wide\0\0\0\0mdat')],
		['video/3gpp', ftyp('3gp5', 'isom')],
		['video/3gpp2', ftyp('3g2a', 'isom')],
		['audio/mp4', ftyp('M4A ', 'isom')],
		['image/avif', ftyp('mif1', 'miaf', 'avif')],
		['image/heic', ftyp('mif1', 'heic')],
		['image/heif', ftyp('mif1', 'miaf')],
		['image/heic-sequence', ftyp('hevc', 'msf1')],
		['video/webm', ebml('webm')],
		['video/x-matroska', ebml('matroska')],
		['video/mpeg', latin('\0\0\x01\xba\x44')],
		[
			'video/mp2t',
			Buffer.concat(Array<Buffer>(3).fill(Buffer.concat([latin('G@'), Buffer.alloc(186)]))),
		],
		[
			'video/mp2t',
			Buffer.concat(Array<Buffer>(3).fill(Buffer.concat([latin('\0\0\0\0G@'), Buffer.alloc(186)]))),
		],
		['video/x-msvideo', riff('AVI ', [])],
		['video/x-ms-asf', latin('0&\xb2\x75\x8e\x66\xcf\x11\xa6\xd9')],
		['video/x-flv', latin('FLV\x01\x05')],
		['video/ogg', ogg('\x80theora\x03')],
		['audio/ogg', ogg('\x01vorbis')],
		['audio/ogg', ogg('OpusHead')],
		['audio/wav', riff('WAVE', [])],
		['audio/flac', latin('fLaC\0\0\0\x22')],
		['audio/flac', latin('ID3\x04\0\0\0\0\0\x05.....fLaC')],
		['audio/mpeg', latin('ID3\x04\0\0\0\0\x0f\x76')],
		['audio/mpeg', latin('\xff\xfb\x90\x64')],
		['audio/mpeg', latin('\xff\xf3\x40\xc0')],
		['audio/aac', latin('\xff\xf1\x50\x80')],
		['audio/aac', latin('ID3\x04\0\0\0\0\0\x02..\xff\xf9\x50\x80')],
		['audio/amr', latin('#!AMR\n')],
		['audio/aiff', latin('FORM\0\0\0\x04AIFF')],
		['application/pdf', latin('%PDF-1.7\n')],
		['application/zip', latin('PK\x03\x04a.txt')],
		[
			'application/vnd.openxmlformats-officedocument.presentationml.presentation',
			latin('PK\x03\x04..ppt/slides'),
		],
		[
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			latin('PK\x03\x04..word/document.xml'),
		],
		['application/x-cfb', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
		['image/vnd.adobe.photoshop', latin('8BPS\0\x01')],
	])('%s', (mime, file) => {
		expect(sniff(file)?.mime).toBe(mime);
	});
});

describe('text', () => {
	it.each([
		['text/vtt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHi'],
		['text/vtt', '\ufeffWEBVTT - Titel\n'],
		['text/vtt', 'WEBVTT'],
		['application/x-subrip', '1\r\n00:00:00,000 --> 00:00:01,500\r\nHi'],
		['application/x-subrip', '\ufeff\n1\n00:00:00,000 --> 00:00:01,500\nHi'],
		['text/html', '<!DOCTYPE html><html>'],
		['text/html', '\n  <HTML lang="de">'],
		['text/html', '<!-- cached --><head><title>Not found</title>'],
		['text/html', '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>'],
		['text/html', '<p>Forbidden</p>'],
		['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg">'],
		['image/svg+xml', '\ufeff<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<svg>'],
		['image/svg+xml', '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x" [<!ENTITY a "b">]><svg>'],
		['application/xml', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
		[undefined, '{"error":"expired"}'],
		[undefined, 'WEBVTTX'],
		[undefined, 'BMW drives faster than you think it does'],
		[undefined, 'x <html>'],
		[undefined, '<abc>'],
		[undefined, '\xff\xfeU\0T\0F\0'],
		[undefined, ''],
	])('%s: %j', (mime, text) => {
		expect(sniff(Buffer.from(text, text.startsWith('\xff') ? 'latin1' : 'utf8'))?.mime).toBe(mime);
	});
});
