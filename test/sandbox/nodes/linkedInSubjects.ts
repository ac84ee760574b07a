import { linkedIn } from '@/nodes/LinkedIn/linkedIn';
import type { Subject } from '../readBack/subject';
import * as setup from './linkedInSetup';

export const subjects: Subject[] = [
	{
		name: 'LinkedIn, an organization',
		platform: linkedIn,
		use: () => setup.useLinkedIn(),
		sandbox: () => setup.sandbox,
		node: (parameters) => setup.node(parameters),
		parameters: setup.target(setup.WORKS),
		posts: () => setup.sandbox.state.posts,
		publish: { operation: 'publish' },
		looks: ['list'],
		refusesTwins: true,
	},
	{
		name: 'LinkedIn, a member',
		platform: linkedIn,
		use: () => setup.useLinkedIn(),
		sandbox: () => setup.sandbox,
		node: (parameters) => setup.node(parameters, { kind: 'member' }),
		posts: () => setup.sandbox.state.posts,
		publish: { operation: 'publish' },
		looks: [],
		blind: true,
		refusesTwins: true,
	},
];
