import type { Limits } from '@/nodes/shared/contract/limits';
import { kindOf } from '@/nodes/shared/media/kind';

const limit = (...types: string[]) => ({ count: 1, bytes: 1, types, from: 'bytes' as const });
const limits = (media: Limits['media']): Limits => ({
	text: { max: 1, unit: 'codePoints' },
	media,
});
const both = limits({ image: limit('image/png', 'image/gif'), gif: limit('image/gif') });

it.each([
	['image/gif', false, 'image'],
	['image/gif', true, 'gif'],
	// An unnecessary processing is better than a refusal because of an animation.
	['image/gif', undefined, 'gif'],
	['image/png', true, 'image'],
	['image/bmp', false, undefined],
])('%s that moves (%s) counts as %s', (mime, animated, kind) => {
	expect(kindOf(both, { mime, animated })).toBe(kind);
});

it('goes by the type alone where GIFs are of one kind', () => {
	const image = limits({ image: limit('image/gif') });
	const gif = limits({ gif: limit('image/gif') });
	for (const animated of [true, false, undefined]) {
		expect(kindOf(image, { mime: 'image/gif', animated })).toBe('image');
		expect(kindOf(gif, { mime: 'image/gif', animated })).toBe('gif');
	}
});
