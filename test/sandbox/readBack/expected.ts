import type { Subject } from './subject';

export interface Result {
	id?: string;
	/** Of the result, else the failure's code. */
	status: string;
}

export const idsOf = (subject: Subject) => subject.posts().map(({ id }) => id);

/** There is one post, told as such by every run, unless nothing can tell of it. */
export function expectOne(subject: Subject, results: Result[]) {
	const [id, ...more] = idsOf(subject);
	expect(more).toEqual([]);
	const found = { id, status: expect.stringMatching(/^(already_)?published$/) };
	const open = { status: 'outcome_unknown' };
	expect(results).toEqual(results.map(() => (subject.blind ? open : found)));
}

const CLEAR = ['platform_unavailable', 'published', 'already_published'];

/** No post but that of the result, and no word of one that is not there. */
export function expectNone(subject: Subject, { id, status }: Result) {
	expect(idsOf(subject)).toEqual(id === undefined ? [] : [id]);
	expect(subject.blind ? ['outcome_unknown'] : CLEAR).toContain(status);
}
