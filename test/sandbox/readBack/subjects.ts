import { platforms } from '@/nodes/platforms';
import { isImitated } from '@/test/platforms';
import type { Subject } from './subject';

/** What the contract is asked of: all that read back, but for those that test/pds asks. */
export const subjects = platforms
	.filter(({ id, readBack }) => readBack && isImitated(id))
	.flatMap(({ id }) => subjectsOf(id))
	.map((subject) => [subject.name, subject] as const);

function subjectsOf(id: string): Subject[] {
	const file = `@/test/sandbox/nodes/${id}Subjects`;
	return jest.requireActual<{ subjects: Subject[] }>(file).subjects;
}
