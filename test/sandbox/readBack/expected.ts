import type { Subject } from './subject';

export interface Result {
	id?: string;
	/** Status of the result, or code of the failure. */
	status: string;
}

export const idsOf = (subject: Subject) => subject.posts().map(({ id }) => id);

/** Expects one post, which every run reports as published, unless nothing can prove that it is. */
export function expectOne(subject: Subject, results: Result[]) {
	const [id, ...more] = idsOf(subject);
	expect(more).toEqual([]);
	const found = { id, status: expect.stringMatching(/^(already_)?published$/) };
	const open = { status: 'outcome_unknown' };
	expect(results).toEqual(results.map(() => (subject.blind ? open : found)));
}

const CLEAR = ['platform_unavailable', 'published', 'already_published'];

/** Expects no post except that of the result, and that no other post is reported. */
export function expectNone(subject: Subject, { id, status }: Result) {
	expect(idsOf(subject)).toEqual(id === undefined ? [] : [id]);
	expect(subject.blind ? ['outcome_unknown'] : CLEAR).toContain(status);
}
