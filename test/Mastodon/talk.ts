import { conversation } from '../support/conversation';
import { HOST, mastodonNode, outcome } from './setup';

/** The publishing requests. */
export const sent = ({ requests }: ReturnType<typeof conversation>) =>
	requests.filter(({ method, path }) => method === 'POST' && path === '/api/v1/statuses');

/** Returns the failure of a post with this conversation. */
export const failing = async (
	parameters: object,
	lines: Parameters<typeof conversation>[1],
	items?: never[],
) => {
	const talk = conversation(HOST, lines);
	const [json] = await outcome(mastodonNode({ ...parameters }, { continueOnFail: true }), items);
	talk.done();
	return { error: json.error as Record<string, unknown>, talk };
};

export const said = (error: string) => ({ error });
