import { posted } from './reader';
import { samplePlatform } from '@/test/support/platform';

const asked: unknown[] = [];
const sample = samplePlatform({
	target: { name: 'Page', description: '', optional: true, picker: async () => ({ results: [] }) },
	operations: [
		{
			...{ resource: 'page', operation: 'get', name: 'Get', action: 'Get', description: '' },
			onTarget: true,
			run: async (_api, { target }) => {
				asked.push(target);
				return {};
			},
		},
	],
});

it.each(['={{ $json.nothing }}', '={{ "" }}', ''])(
	'an operation on a place that comes to nothing is not done to oneself: %s',
	async (value) => {
		const target = { __rl: true, mode: 'id', value };
		const { failed } = await posted(sample, { resource: 'page', operation: 'get', target });
		expect(failed).toMatchObject({ code: 'validation_failed', rule: 'sample.target.empty' });
		expect(asked).toEqual([]);
	},
);
