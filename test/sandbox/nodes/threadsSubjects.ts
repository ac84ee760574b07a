import { threads } from '@/nodes/Threads/threads';
import type { Subject } from '../readBack/subject';
import * as setup from './threadsSetup';

export const subjects: Subject[] = [
	{
		name: 'Threads',
		platform: threads,
		use: () => setup.useThreads(),
		sandbox: () => setup.sandbox,
		node: (parameters) => setup.node(parameters),
		posts: () => setup.held(),
		publish: { operation: 'publish' },
		looks: ['list'],
		unlisted: ['already_published', 'outcome_unknown'],
	},
];
