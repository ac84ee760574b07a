import twitter from 'twitter-text';
import { refuse } from '../kit/types';
import type { Settings } from './model';
import { forbidden, invalid, problem } from './problems';

const TOO_LONG =
	'Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.';
const INVALID_CHARACTERS = /[\uFFFE\uFEFF\uFFFF]/;

/** Checks the weighted length with the vendor's own library, and X's other rules for texts. */
export function checkText(
	{ premium, tooLongStatus }: Settings,
	account: string,
	text: string,
): void {
	if (INVALID_CHARACTERS.test(text)) refuse(invalid(['$.text: contains invalid characters']));
	const { weightedLength } = twitter.parseTweet(text);
	const limit = premium.includes(account) ? 25_000 : 280;
	if (weightedLength > limit)
		refuse(
			tooLongStatus === 400
				? problem(400, TOO_LONG, 'invalid-request', 'Invalid Request')
				: problem(403, TOO_LONG),
		);
	if (twitter.extractCashtags(text).length > 1)
		forbidden('Your Tweet may contain at most one cashtag.');
}
