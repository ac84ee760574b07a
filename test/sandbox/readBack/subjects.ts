import { platforms } from '@/nodes/platforms';
import { isImitated } from '@/test/platforms';
import type { Subject } from './subject';

/** Subjects of all platforms with read-back, except those that test/pds tests. */
export const subjects = platforms
	.filter(({ id, readBack }) => readBack && isImitated(id))
	.flatMap(({ id }) => subjectsOf(id))
	.map((subject) => [subject.name, subject] as const);

function subjectsOf(id: string): Subject[] {
	const file = `@/test/sandbox/nodes/${id}Subjects`;
	return jest.requireActual<{ subjects: Subject[] }>(file).subjects;
}
