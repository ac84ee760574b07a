import type { IDataObject } from 'n8n-workflow';

import { findPublished, LOOKS } from '../Meta/containers';
import type { Api } from '../shared/contract/api';
import type { Post } from '../shared/contract/post';
import type { Outcome, ReadBack } from '../shared/contract/readBack';
import { MINUTE } from '../shared/units';
import { statusOf, type State } from './container';
import { madeOf, newest, soughtOf } from './found';
import { optionsOf } from './options';
import { stateOf } from './publish';

/** A container publishes only once. Its status shows whether it did, but not the post's ID. */
export const readBack: ReadBack = {
	// Assumption: Instagram does not document how long it may take to make a post.
	commitsWithin: MINUTE,
	looks: LOOKS,
	confirm,
	sought: async (api, post, mark) => {
		if ('kind' in mark) return soughtOf(mark as State);
		const sought = soughtOf(await stateOf(api, post));
		const { trialReel = 'no' } = optionsOf(post);
		return {
			...sought,
			...(post.media.length > 1 && { files: post.media.length }),
			// Instagram does not document whether the list contains posts that followers do not see yet.
			partial: trialReel !== 'no',
		};
	},
	newest,
};

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-container */
async function confirm(api: Api, _post: Post, mark: IDataObject): Promise<Outcome> {
	const state = mark as State;
	if (!state.container) return 'unknown';
	const { status_code = '' } = await statusOf(api, state.container);
	if (status_code === 'PUBLISHED') return await findPublished(madeOf(api, state));
	if (status_code === 'ERROR' || status_code === 'EXPIRED') return 'never';
	return status_code === 'FINISHED' ? 'not-published' : 'unknown';
}
