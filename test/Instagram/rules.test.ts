import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { conversation } from '@/test/support/conversation';
import { jpeg, mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import {
	byFacebook,
	FILES as HOST_OF_FILES,
	fromUrls,
	HOST,
	instagramNode,
	outcome,
	post,
	serve,
} from './setup';

afterEach(() => nock.cleanAll());

const NOT_FOUND = Object.assign(new Error('no'), { code: 'ENOTFOUND' });

const FILES: Record<string, Buffer> = {
	'/a.jpg': jpeg(100, 100),
	'/b.jpg': jpeg(100, 100),
	'/wide.jpg': jpeg(200, 100),
	'/tall.jpg': jpeg(100, 130),
	'/c.png': png(100, 100),
	'/page.jpg': Buffer.from('<!doctype html><title>Log in</title>'),
	'/d.mp4': mp4({ seconds: 10 }),
	'/1920.mp4': mp4({ seconds: 10, width: 1920, height: 1080 }),
	'/1922.mp4': mp4({ seconds: 10, width: 1922, height: 1080 }),
	'/long.mp4': mp4({ seconds: 61 }),
};

const validated = async (
	parameters: IDataObject,
	files?: Parameters<typeof binaryItem>[0],
	node = instagramNode,
) => {
	const [result] = await outcome(
		node({ operation: 'validate', ...parameters }),
		files && [await binaryItem(files)],
	);
	const { problems, warnings } = result as {
		problems: Array<{ rule: string }>;
		warnings: string[];
	};
	const named = warnings.map((warning) => /\[(.+)\]$/.exec(warning)?.[1]);
	return [...problems.map(({ rule }) => rule), ...named].map((rule) =>
		rule?.replace('instagram.', ''),
	);
};

const many = (count: number, sign: string) =>
	Array.from({ length: count }, (_, index) => `${sign}t${index}`).join(' ');

describe('what is refused before anything is sent', () => {
	it.each<[string, string[], IDataObject, IDataObject, string[]]>([
		['2,200 characters', ['/a.jpg'], { text: 'ü'.repeat(2200) }, {}, []],
		['2,201 characters', ['/a.jpg'], { text: 'ü'.repeat(2201) }, {}, ['text.length']],
		['30 hashtags', ['/a.jpg'], { text: many(30, '#') }, {}, []],
		['31 hashtags', ['/a.jpg'], { text: many(31, '#') }, {}, ['text.hashtags']],
		['21 mentions', ['/a.jpg'], { text: many(21, '@') }, {}, ['text.mentions']],
		['no words', ['/a.jpg'], {}, {}, []],
		['no media', [], { text: 'Hello' }, {}, ['media.missing']],
		['a link', ['/a.jpg'], { link: 'https://example.org' }, {}, ['link.plain']],
		['a PNG', ['/c.png'], {}, {}, ['media.type']],
		['a web page', ['/page.jpg'], {}, {}, ['media.type']],
		['a wide image', ['/wide.jpg'], {}, {}, ['media.ratio']],
		['a tall image', ['/tall.jpg'], {}, {}, ['media.ratio']],
		['a carousel by its first image', ['/a.jpg', '/wide.jpg'], {}, {}, []],
		['a carousel with a wide first image', ['/wide.jpg', '/a.jpg'], {}, {}, ['media.ratio']],
		['11 media', Array<string>(11).fill('/a.jpg'), {}, {}, ['media.count', 'media.twice']],
		['a tall story', ['/tall.jpg'], {}, { postType: 'story' }, []],
		['a story of two', ['/a.jpg', '/b.jpg'], {}, { postType: 'story' }, ['story.media']],
		['a long story', ['/long.mp4'], {}, { postType: 'story' }, ['story.duration']],
		['a long video', ['/long.mp4'], {}, {}, []],
		['a video 1920 pixels wide', ['/1920.mp4'], {}, {}, []],
		['a wider video', ['/1922.mp4'], {}, {}, ['media.width']],
		['a wider video in a story', ['/1922.mp4'], {}, { postType: 'story' }, ['media.width']],
		['a wider video in a carousel', ['/a.jpg', '/1922.mp4'], {}, {}, ['media.width']],
		[
			'words with a story',
			['/d.mp4'],
			{ text: 'Hi' },
			{ postType: 'story', firstComment: 'Hi' },
			['story.text', 'story.comment'],
		],
		['a Reel of an image', ['/a.jpg'], {}, { postType: 'reel' }, ['reel.media']],
		['a Reel with its cover', ['/d.mp4', '/tall.jpg'], {}, { postType: 'reel' }, []],
		[
			'two videos as a Reel',
			['/d.mp4', '/d.mp4'],
			{},
			{ postType: 'reel' },
			['reel.media', 'media.twice'],
		],
		['3 collaborators', ['/a.jpg'], {}, { collaborators: 'a b,c' }, []],
		['4 collaborators', ['/a.jpg'], {}, { collaborators: 'a b,c d' }, ['collaborators.count']],
		[
			'a collaborator of a story',
			['/a.jpg'],
			{},
			{ postType: 'story', collaborators: 'a' },
			['collaborators.count'],
		],
		['a place by its name', ['/a.jpg'], {}, { locationId: 'Berlin' }, ['location.id']],
		['a cover that is no URL', ['/d.mp4'], {}, { coverUrl: 'cover' }, ['coverUrl.url']],
		['a cover', ['/d.mp4'], {}, { coverUrl: 'https://files.example.org/x.jpg' }, []],
		['a private cover', ['/d.mp4'], {}, { coverUrl: 'https://nas.local/x.jpg' }, ['cover.host']],
		['a cover of no Reel', ['/a.jpg'], {}, { coverUrl: 'https://nas.local/x.jpg' }, []],
		[
			'a cover beside another',
			['/d.mp4', '/a.jpg'],
			{},
			{ postType: 'reel', coverUrl: 'https://nas.local/x.jpg' },
			[],
		],
		['tags', ['/a.jpg'], {}, { userTags: '@bob 0,1\na.b_c .5,0.5' }, []],
		['a tag that is none', ['/a.jpg'], {}, { userTags: 'bob at the left' }, ['tags.line']],
		['a tag outside', ['/a.jpg'], {}, { userTags: 'bob 0.5,1.5' }, ['tags.place']],
		['a tag on nothing', ['/a.jpg', '/b.jpg'], {}, { userTags: '3: bob' }, ['tags.image']],
		['a tag on a video', ['/a.jpg', '/d.mp4'], {}, { userTags: '2: bob' }, ['tags.video']],
		['21 tags', ['/a.jpg'], {}, { userTags: many(21, '').replace(/ /g, '\n') }, ['tags.count']],
	])('%s', async (_name, paths, parameters, options, expected) => {
		for (const path of paths) serve({ [path]: FILES[path] });
		const media = fromUrls(...paths);
		expect(await validated({ ...parameters, media, options })).toEqual(expected);
	});

	it.each([
		['of a post', {}, ['/a.jpg'], []],
		['of a carousel', {}, ['/a.jpg', '/b.jpg'], []],
		['of a story', { postType: 'story' }, ['/a.jpg'], ['alt.unsupported']],
		['of the film of a story', { postType: 'story' }, ['/d.mp4'], ['alt.unsupported']],
		['of a Reel', {}, ['/d.mp4'], ['alt.unsupported']],
		[
			'of a Reel and its cover',
			{ postType: 'reel' },
			['/d.mp4', '/a.jpg'],
			['alt.unsupported', 'alt.unsupported'],
		],
	])('alt text %s', async (_of, options, paths, expected) => {
		for (const path of paths) serve({ [path]: FILES[path] });
		const described = paths.map((path) => ({ url: `${HOST_OF_FILES}${path}`, altText: 'Alt' }));
		expect(await validated({ media: fromUrls(...described), options })).toEqual(expected);
	});

	const both = {
		medium: [
			{ source: 'binary', binaryProperty: 'film' },
			{ source: 'url', url: 'http://127.0.0.5/a.jpg' },
		],
	};
	const film = { data: FILES['/d.mp4'], fileName: 'd.mp4', mimeType: 'video/mp4' };

	it('files in n8n’s memory where Instagram fetches them, and hosts it cannot reach', async () => {
		nock('http://127.0.0.5').get('/a.jpg').reply(200, FILES['/a.jpg']);
		expect(await validated({ media: both }, { film })).toEqual(['media.url', 'media.host']);
	});

	it('no files where their bytes are sent', async () => {
		nock('http://127.0.0.5').get('/a.jpg').reply(200, FILES['/a.jpg']);
		expect(await validated({ media: both }, { film }, byFacebook)).toEqual(['media.host']);
	});

	it('a URL that redirects is warned of', async () => {
		nock('https://files.example.org').get('/x').reply(302, '', { location: '/a.jpg' });
		serve({ '/a.jpg': FILES['/a.jpg'] });
		expect(await validated({ media: fromUrls('/x') })).toEqual(['media.redirect']);
	});

	it.each([
		['is not there', () => nock(HOST_OF_FILES).get('/x').reply(404), 'answers with HTTP 404'],
		[
			'cannot be reached',
			() => nock(HOST_OF_FILES).get('/x').replyWithError(NOT_FOUND),
			'cannot be fetched (ENOTFOUND)',
		],
	])('a URL that %s', async (_why, answer, said) => {
		answer();
		expect(await outcome(instagramNode({ media: fromUrls('/x') }))).toMatchObject([
			{
				error: {
					code: 'media_rejected',
					message: `Instagram: The media URL ${HOST_OF_FILES}/x ${said}`,
				},
			},
		]);
	});

	it('a cover that is no JPEG, once it is looked at', async () => {
		serve({ '/d.mp4': FILES['/d.mp4'], '/c.png': FILES['/c.png'] });
		const options = { coverUrl: 'https://files.example.org/c.png' };
		expect(await outcome(instagramNode({ media: fromUrls('/d.mp4'), options }))).toMatchObject([
			{ error: { code: 'media_rejected', rule: 'instagram.cover.type' } },
		]);
	});

	it('a cover whose URL redirects is warned of, once it is looked at', async () => {
		nock(HOST_OF_FILES).get('/x').reply(302, '', { location: '/a.jpg' });
		serve({ '/d.mp4': FILES['/d.mp4'], '/a.jpg': FILES['/a.jpg'] });
		const talk = conversation(HOST, post('1'));
		const options = { coverUrl: `${HOST_OF_FILES}/x` };
		const [{ warnings }] = await outcome(instagramNode({ media: fromUrls('/d.mp4'), options }));
		expect(warnings).toEqual([
			'Reel Cover URL redirects, which Instagram may not follow: give the address it leads to [instagram.cover.redirect]',
		]);
		talk.done();
	});
});
