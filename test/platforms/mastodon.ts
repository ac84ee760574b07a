import type { PlatformRecord } from './record';

export const mastodon = {
	sandboxes: { mastodon: async () => (await import('../sandbox/mastodon')).mastodon },
	account: {
		credential: 'crosspostMastodonOAuth2Api',
		data: (url) => ({ instanceUrl: url }),
	},
	contract: {
		answer: { id: '1', url: 'https://example.com/1', status: 'FINISHED' },
		operationAnswer: ({ url }) =>
			/\/(accounts\/\d+\/statuses|scheduled_statuses)$/.test(url) ? [] : { id: '1' },
		page: () => [{ id: '1', created_at: new Date().toISOString() }],
		searches: [{ status: '' }, { status: '', scheduled_at: '2030-01-01T00:00:00Z' }],
		state: (id) => ({ draft: {}, waiting: [id] }),
		deciding: ['quote', 'replyTo', 'scheduledAt', 'sensitive', 'visibility', 'quotePolicy'],
	},
	echo: { file: 'picture', lostFile: true },
} satisfies PlatformRecord;
