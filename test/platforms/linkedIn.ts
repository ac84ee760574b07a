import { DAY, options, picture, wide } from './files';
import type { FileSetup, PlatformRecord } from './record';

/** Another author's post: it can be reshared but not read. */
export const STRANGERS_POST = 'urn:li:share:7100000000000000001';

const PAPER = '%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n';
const paper = (): FileSetup => ({
	...{ name: 'paper.pdf', type: 'application/pdf', bytes: Buffer.from(PAPER) },
});
const link = 'https://example.com/article';
/** n8n's own preview image, which n8n serves. */
const cardImage = '={{ "http://" + $json.headers.host + "/static/og_image.png" }}';

export const linkedIn = {
	sandboxes: { linkedIn: async () => (await import('../sandbox/linkedIn')).linkedIn },
	account: {
		credential: 'crosspostLinkedInOAuth2Api',
		data: () => ({ organizations: true }),
		hosts: (url) => ({ apiBaseUrl: url, oauthBaseUrl: url, webBaseUrl: url }),
	},
	contract: {
		answer: {
			...{ id: '1', status: 'AVAILABLE', 'x-restli-id': 'urn:li:share:1' },
			value: { image: 'urn:li:image:1', uploadUrl: 'https://example.com/u', status: 'AVAILABLE' },
		},
		post: 'urn:li:share:1',
		searches: [{ author: 'urn:li:organization:1', files: false }],
		state: (id) => ({ body: { author: 'a' }, waiting: [{ urn: `urn:li:video:${id}`, bytes: 1 }] }),
		deciding: ['disableReshares', 'reshare', 'visibility'],
	},
	echo: { file: 'picture' },
	watch: { after: 54 * DAY, tells: 'token.expiring' },
	trial: {
		posts: () => ({
			text: {},
			image: { files: [picture('one')] },
			images: { files: [picture('one'), picture('two')] },
			video: { files: [wide()] },
			document: { files: [paper()], ...options({ mediaTitle: 'A paper' }) },
			article: { parameters: { link, options: { cardTitle: 'An article' } } },
			'article with picture': {
				parameters: { link, options: { cardTitle: 'An article', cardImage } },
			},
			reshare: options({ reshare: STRANGERS_POST }),
			poll: options({ pollQuestion: 'Which?', pollOptions: 'This\nThat' }),
		}),
		list: { resource: 'organization', operation: 'getAll' },
		life: { days: 61, renewed: false },
	},
} satisfies PlatformRecord;
