import { conversation } from '../support/conversation';
import { HOST, mastodonNode, outcome } from './setup';

/** The requests that were to publish something. */
export const sent = ({ requests }: ReturnType<typeof conversation>) =>
	requests.filter(({ method, path }) => method === 'POST' && path === '/api/v1/statuses');

/** The failure of a post whose conversation is this. */
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
