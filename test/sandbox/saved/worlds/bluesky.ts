import type { IDataObject } from 'n8n-workflow';

import { startSandbox } from '../..';
import { startPds } from '../../bluesky/pds';
import type { World } from './world';

const PASSWORD = 'abcd-efgh-ijkl-mnop';
const uriOf = (did: string, rkey: string) => `at://${did}/app.bsky.feed.post/${rkey}`;

function seeds({ state }: Awaited<ReturnType<typeof startPds>>): IDataObject {
	const [post, , second] = ['alice', 'alice', 'bob'].map((name, at) => {
		const uri = uriOf(`did:plc:${name}`, `3kaaaaaaaaaa${'abc'[at]}`);
		const createdAt = new Date(Date.now() - 60_000 * (3 - at)).toISOString();
		const value = { $type: 'app.bsky.feed.post', text: `Post ${at + 1}`, createdAt };
		state.records.push({ uri, cid: `bafyreipost${at}`, value });
		return uri;
	});
	return { post, url: 'https://bsky.app/profile/alice.test/post/3kaaaaaaaaaaa', second };
}

/** Alice's server with the services beside it; she and Bob have posted. */
export async function world(): Promise<World> {
	const pds = await startPds();
	const [video, appView] = await Promise.all([
		startSandbox('bluesky-video', { pdsUrl: pds.url }),
		startSandbox('bluesky-appview', { pdsUrl: pds.url }),
	]);
	const all = [pds, video, appView];
	return {
		urls: all.map(({ url }) => url),
		// The services also send requests to the server, for themselves.
		requests: () => all.flatMap(({ requests }) => requests.filter(isOurs)).sort(byTime),
		credentials: {
			crosspostBlueskyApi: {
				...{ serviceUrl: pds.url, identifier: 'alice.test', appPassword: PASSWORD },
				...{ videoBaseUrl: video.url, appViewBaseUrl: appView.url },
			},
		},
		json: seeds(pds),
		secrets: () => [PASSWORD],
		revoke: () => (pds.state.revoked = true),
		stop: async () => await Promise.all(all.map(async (one) => await one.stop())),
	};
}

type Recorded = ReturnType<World['requests']>[number];

function isOurs({ operation, headers }: Recorded): boolean {
	return operation !== 'describe' && !String(headers['user-agent']).startsWith('node');
}

const byTime = ({ at: one }: Recorded, { at: other }: Recorded) => one.localeCompare(other);
