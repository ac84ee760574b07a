import { facebook } from '@/nodes/Facebook/facebook';
import type { Subject } from '../readBack/subject';
import * as setup from './facebookSetup';

export const subjects: Subject[] = [
	{
		name: 'Facebook',
		platform: facebook,
		use: () => setup.useFacebook(),
		sandbox: () => setup.sandbox,
		node: (parameters) => setup.node(parameters),
		posts: () => setup.held(),
		publish: { operation: 'publish' },
		looks: ['list'],
	},
];
