import type { IDataObject } from 'n8n-workflow';

import { findPublished, LOOKS } from '../Meta/containers';
import type { Api } from '../shared/contract/api';
import type { Post } from '../shared/contract/post';
import type { Outcome, ReadBack } from '../shared/contract/readBack';
import { MINUTE } from '../shared/units';
import { statusOf, type State } from './container';
import { madeOf, newest, soughtOf } from './found';
import { stateOf } from './publish';

/** A container publishes only once. Its status shows whether it did, but not the post's ID. */
export const readBack: ReadBack = {
	// Assumption: Threads does not document how long it may take to make a post.
	commitsWithin: MINUTE,
	looks: LOOKS,
	confirm,
	sought: (_api, post, mark) => {
		if ('type' in mark) return soughtOf(mark as State);
		const files = post.media.length > 1 ? post.media.length : undefined;
		return { ...soughtOf(stateOf(post)), files };
	},
	newest,
};

/** https://developers.facebook.com/docs/threads/troubleshooting */
async function confirm(api: Api, _post: Post, mark: IDataObject): Promise<Outcome> {
	const state = mark as State;
	if (!state.container) return 'unknown';
	const { status = '' } = await statusOf(api, state.container);
	if (status === 'PUBLISHED') return await findPublished(madeOf(api, state));
	if (status === 'ERROR' || status === 'EXPIRED') return 'never';
	return status === 'FINISHED' ? 'not-published' : 'unknown';
}
