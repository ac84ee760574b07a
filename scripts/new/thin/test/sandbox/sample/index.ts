import { declared } from '../kit/declared';

/** TODO: each route, shape and refusal, with a link to the vendor's page that has it */
export const sample = declared({
	name: 'Sample Platform',
	token: { in: 'header', name: 'authorization', scheme: 'Bearer' },
	firstId: 1001n,
	page: '/posts/:id',
	routes: [
		{
			...{ operation: 'me', method: 'GET', path: '/me' },
			answer: ({ account }) => ({ id: account, name: account }),
		},
		{
			...{ operation: 'publish', method: 'POST', path: '/posts', status: 201 },
			body: {
				type: 'object',
				required: ['text'],
				properties: { text: { type: 'string', max: 500 } },
			},
			makes: ({ body }) => ({ text: String(body.text) }),
			answer: (_sent, { id, url }) => ({ id, url }),
		},
	],
	envelope: ({ message, problems }) => ({ error: [message, ...(problems ?? [])].join(' ') }),
	refusals: {
		notFound: { status: 404, message: 'Not found' },
		malformed: { status: 400, message: 'Invalid' },
		tooLarge: { status: 413, message: 'Too large' },
		rateLimited: { status: 429, message: 'Too many requests' },
		serverError: { message: 'Server error' },
		deadToken: { status: 401, message: 'Invalid token' },
		refused: { status: 422, message: 'Refused' },
	},
});
