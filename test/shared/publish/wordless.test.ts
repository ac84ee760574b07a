import { validate } from '@/nodes/shared/publish/validate';
import { samplePlatform } from '@/test/support/platform';

it('lets a post without text stand where something else speaks for it', async () => {
	const platform = samplePlatform({ wordless: ({ options }) => options.share !== undefined });
	const post = { text: ' ', media: [] };
	expect(await validate(platform, { ...post, options: { share: '1' } })).toEqual([]);
	expect(await validate(platform, { ...post, options: {} })).toMatchObject([
		{ rule: 'sample.text.empty' },
	]);
});
