import { webOf } from '../shared/connection/webOf';
import type { Platform } from '../shared/contract/platform';
import { DAY, GIB, MIB } from '../shared/units';
import { boardOperations, searchBoards, searchSections } from './boards';
import { environmentBase } from './environment';
import { explain } from './errors';
import { pinterestOptions } from './options';
import { pinOperations } from './pins';
import { finish, publish } from './publish';
import { readBack } from './readBack';
import { check } from './rules';
import { scopes } from './scopes';

export const pinterest: Platform = {
	id: 'pinterest',
	name: 'Pinterest',
	docs: 'https://developers.pinterest.com/docs/api/v5/pins-create',
	credentials: [
		{
			choice: 'oAuth2',
			name: 'OAuth2',
			type: 'crosspostPinterestOAuth2Api',
			host: 'environmentBaseUrl',
			base: environmentBase,
			scopes,
			secrets: ['clientSecret'],
			token: { kind: 'refreshed', renewAheadMs: DAY },
			manage: 'https://www.pinterest.com/settings/security',
		},
	],
	limits: {
		text: { max: 800, unit: 'codePoints' },
		textOptional: true,
		mediaRequired: true,
		title: {
			...{ of: 'the Pin', max: 100, unit: 'codePoints' },
			note: 'The text is its description.',
		},
		// https://help.pinterest.com/en/business/article/pinterest-product-specs
		media: {
			image: {
				count: 5,
				bytes: 20 * MIB,
				types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/bmp', 'image/tiff'],
				from: 'bytes',
				alt: 500,
			},
			video: {
				count: 1,
				bytes: 2 * GIB,
				types: ['video/mp4', 'video/quicktime'],
				from: 'bytes',
				alt: 500,
				seconds: { min: 4, max: 15 * 60 },
				ratio: { min: 1 / 2, max: 1.91 },
			},
		},
		// An image next to a video is its cover.
		mixed: { kinds: ['image', 'video'], count: 2 },
	},
	target: {
		name: 'Board',
		description: 'The board to put the Pin on',
		picker: searchBoards,
		placeholder: 'e.g. 549755885175',
	},
	options: pinterestOptions,
	operations: [...pinOperations, ...boardOperations],
	pickers: { searchSections },

	whoami: async (api) => {
		const { id, username, ...details } = await api.send<{ id: string; username: string }>({
			path: '/v5/user_account',
		});
		return { id, name: username, url: `${webOf(api)}/${username}/`, details };
	},
	publish,
	readBack,
	pending: [{ film: 'id', body: 'object', cover: 'object' }],
	resume: finish,
	compose: ({ text }) => text,
	check,
	explain,
};
