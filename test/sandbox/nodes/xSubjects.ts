import { x } from '@/nodes/X/x';
import { png } from '@/test/support/mediaFixtures';
import { fromBinary } from '@/test/support/node';
import { connected, xNode } from '@/test/X/setup';
import { served, type Subject } from '../readBack/subject';

const picture = { data: png(40, 30), fileName: 'a.png', mimeType: 'image/png' };

const server = served('x', { rateLimits: false });
const onX = {
	...server,
	platform: x,
	node: (parameters) =>
		xNode(parameters, { credential: connected(server.sandbox()), continueOnFail: true }),
	posts: () => server.sandbox().state.posts,
	publish: { operation: 'publish' },
	looks: ['list'],
} satisfies Partial<Subject>;

export const subjects: Subject[] = [
	{ ...onX, name: 'X, text', refusesTwins: true },
	{
		...onX,
		name: 'X, a picture',
		parameters: { media: fromBinary('picture') },
		files: { picture },
	},
];
