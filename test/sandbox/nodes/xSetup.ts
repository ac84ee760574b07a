import type { Sandbox } from '..';
import type { XState } from '../x/model';
import { fromBinary } from '../../support/node';
import { gif, mp4, png } from '../../support/mediaFixtures';
import { eachSandbox, expectAllDescribed } from './kit';

export { codeOf as outcomeOf } from '../../support/node';

/** The X of one test. */
export let sandbox: Sandbox<XState>;

/** Checks all requests so far against X's OpenAPI file. */
export const asDescribed = () => expectAllDescribed('x');

eachSandbox(
	'x',
	(one) => (sandbox = one),
	() => ({}),
);

export const files = {
	a: { data: png(40, 30), fileName: 'a.png', mimeType: 'image/png' },
	b: { data: png(30, 40), fileName: 'b.png', mimeType: 'image/png' },
	still: { data: gif(1), fileName: 'still.gif', mimeType: 'image/gif' },
	loop: { data: gif(2), fileName: 'loop.gif', mimeType: 'image/gif' },
	// Three chunks, the last one not full.
	film: { data: mp4({ bytes: 2_500_000 }), fileName: 'film.mp4', mimeType: 'video/mp4' },
};

export const media = (binaryProperty: string, altText = '') => ({
	media: fromBinary(binaryProperty, altText),
});

const RIGHT = { published: 'published', found: 'already_published' };
/** Fault of the publishing request, outcome, and number of posts. */
export const FAULTS: ReadonlyArray<readonly [kind: string, outcome: string, posts: number]> = [
	['none', RIGHT.published, 1],
	['429', 'rate_limited', 0],
	['5xx-before', 'platform_unavailable', 0],
	['5xx-after', RIGHT.found, 1],
	['cut-before', 'platform_unavailable', 0],
	['cut-after', RIGHT.found, 1],
	['expired-token', RIGHT.published, 1],
	['refused', 'permission_missing', 0],
];
