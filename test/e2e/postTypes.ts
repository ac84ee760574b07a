import type { IDataObject } from 'n8n-workflow';

import { STRANGERS_POST } from '../sandbox/linkedIn/model';
import { jpeg, mp4 } from '../support/mediaFixtures';
import type { FileSetup } from './flow';

/** What one platform is tried with. */
export interface Trial {
	/** Each kind of post: parameters beyond text and target, and the files it takes. */
	posts: Record<string, { parameters?: IDataObject; files?: FileSetup[] }>;
	/** Parameters of every post. */
	common?: IDataObject;
	/** An operation that lists, and that asks the platform with the account's own token. */
	list: { resource: string; operation: string; [more: string]: unknown };
	/** Days after which the token has ended, and whether it is renewed then. */
	life: { days: number; renewed: boolean };
}

const picture = (name: string): FileSetup => ({
	name: `${name}.jpg`,
	type: 'image/jpeg',
	bytes: jpeg(1080, 1080),
});
const film = (width: number, height: number): FileSetup => ({
	name: 'film.mp4',
	type: 'video/mp4',
	bytes: mp4({ width, height, seconds: 6, bytes: 2_000_000 }),
});
export const upright = film(1080, 1920);
const wide = film(1280, 720);
const paper: FileSetup = {
	name: 'paper.pdf',
	type: 'application/pdf',
	bytes: Buffer.from(
		'%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n',
	),
};
/** What n8n serves where its webhook was called: no platform gets there, so that n8n sends it. */
const served = {
	source: 'url',
	url: '=http://{{ $json.headers.host }}/static/og_image.png',
};
const options = (given: IDataObject) => ({ parameters: { options: given } });
const link = 'https://example.com/article';
/** What n8n shows where somebody shares its address. */
const OWN_PICTURE = '={{ "http://" + $json.headers.host + "/static/og_image.png" }}';

export const trials: Record<string, Trial> = {
	facebook: {
		posts: {
			text: {},
			link: { parameters: { link } },
			photo: { files: [picture('one')] },
			photos: { files: [picture('one'), picture('two')] },
			video: { files: [wide] },
			reel: { files: [upright], ...options({ postType: 'reel' }) },
			'photo story': { files: [picture('one')], ...options({ postType: 'story' }) },
			'video story': { files: [upright], ...options({ postType: 'story' }) },
		},
		list: { resource: 'page', operation: 'getAll' },
		life: { days: 61, renewed: false },
	},
	instagram: {
		posts: {
			image: { files: [picture('one')] },
			carousel: { files: [picture('one'), picture('two'), wide] },
			reel: { files: [upright], ...options({ postType: 'reel' }) },
			'photo story': { files: [picture('one')], ...options({ postType: 'story' }) },
			'video story': { files: [upright], ...options({ postType: 'story' }) },
		},
		list: { resource: 'post', operation: 'getAll' },
		life: { days: 61, renewed: false },
	},
	linkedIn: {
		posts: {
			text: {},
			image: { files: [picture('one')] },
			images: { files: [picture('one'), picture('two')] },
			video: { files: [wide] },
			document: { files: [paper], ...options({ mediaTitle: 'A paper' }) },
			article: { parameters: { link, options: { cardTitle: 'An article' } } },
			'article with picture': {
				parameters: { link, options: { cardTitle: 'An article', cardImage: OWN_PICTURE } },
			},
			reshare: options({ reshare: STRANGERS_POST }),
			poll: options({ pollQuestion: 'Which?', pollOptions: 'This\nThat' }),
		},
		list: { resource: 'organization', operation: 'getAll' },
		life: { days: 61, renewed: false },
	},
	pinterest: {
		posts: {
			image: { files: [picture('one')] },
			'image from a URL': { parameters: { media: { medium: [served] } } },
			images: { files: [picture('one'), picture('two')] },
			video: { files: [upright, picture('cover')] },
		},
		list: { resource: 'board', operation: 'getAll' },
		life: { days: 31, renewed: true },
	},
	tikTok: {
		posts: {
			// Only what everyone may see is listed.
			video: { files: [upright], ...options({ privacy: 'PUBLIC_TO_EVERYONE' }) },
			photos: {
				files: [picture('one'), picture('two')],
				...options({ privacy: 'SELF_ONLY' }),
			},
		},
		list: { resource: 'post', operation: 'getAll' },
		life: { days: 2, renewed: true },
	},
};
