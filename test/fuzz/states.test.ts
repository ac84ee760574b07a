import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { outcomeOf } from './outcome';
import { texts } from './setup';
import { platforms } from '@/nodes/platforms';
import type { Shape, Shapes } from '@/nodes/shared/contract/shape';
import { readState } from '@/nodes/shared/publish/state';

/** Returns a value of this shape, as the platform writes it into a Resume State. */
function valueOf(shape: Shape): unknown {
	if (typeof shape !== 'string') return [stateOf(shape)];
	const kind = shape.replace('?', '');
	const values: Record<string, unknown> = { text: 'a', id: '1', texts: ['1'], number: 1 };
	return kind === 'boolean' ? true : (values[kind] ?? {});
}
const stateOf = (shapes: Shapes) =>
	Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, valueOf(shape)]));

const valid = platforms.flatMap((platform) =>
	(platform.pending ?? [undefined]).map((shapes) => {
		const media = [{ url: 'https://a.example/a.png', alt: 'a', options: {} }];
		const state: IDataObject = {
			platform: platform.id,
			published: [{ id: '1', ref: { id: '1' } }],
			rest: [{ text: 'a', link: 'https://a.example/', media }],
			options: {},
			...(shapes && { pending: stateOf(shapes) as IDataObject }),
		};
		return [platform.name, platform, state] as const;
	}),
);

const odd = fc.oneof(
	fc.jsonValue(),
	texts,
	fc.constantFrom<unknown>(undefined, Number.NaN, () => 1, new Date(0), { __proto__: null }, []),
);

/** Returns a copy in which the value at this path is replaced. */
function changed(value: unknown, path: number[], other: unknown): unknown {
	const [step, ...rest] = path;
	if (step === undefined || typeof value !== 'object' || value === null) return other;
	const names = Object.keys(value);
	if (names.length === 0) return other;
	const name = names[step % names.length];
	const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
	return Object.assign(copy, { [name]: changed(copy[name], rest, other) });
}

describe.each(valid)('a Resume State of %s', (_name, platform, state) => {
	it('is read as it was written', () => {
		expect(readState(platform, state).rest[0]).toMatchObject({ text: 'a' });
		expect(readState(platform, JSON.stringify(state)).pending).toEqual(state.pending);
	});

	it('is read or refused, whatever is in it', async () => {
		const path = fc.array(fc.nat({ max: 9 }), { maxLength: 4 });
		await fc.assert(
			fc.asyncProperty(path, odd, fc.boolean(), async (steps, other, asText) => {
				const mutant = changed(state, steps, other);
				await outcomeOf(() => readState(platform, asText ? JSON.stringify(mutant) : mutant));
			}),
		);
	});

	it('is refused where it is nested without end', async () => {
		let deep: unknown = 'a';
		for (let level = 0; level < 50_000; level++) deep = [deep];
		for (const at of [[], [2], [2, 0, 2], [3], [4], [4, 0]])
			await outcomeOf(() => readState(platform, changed(state, at, deep)));
	});
});
