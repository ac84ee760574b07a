import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import { leaksIn } from './leaksIn';
import { writtenAs } from './written';

/** Tests the search for leaks itself, because a search that finds nothing proves nothing. */
const SECRET = 'k7/Qp+w=R&"t<é\\Zm3 x9~vB4+';
const node = {
	...{ id: 'n', name: 'N', type: 't', typeVersion: 1 },
	...{ position: [0, 0], parameters: {} },
} as unknown as INode;

describe('the search for secrets', () => {
	it.each(Object.entries(writtenAs(SECRET)))('finds one %s', (_how, text) => {
		expect(leaksIn([{ said: `before ${text} after` }], [SECRET])).toHaveLength(1);
		expect(leaksIn({ [text]: 1 }, [SECRET])).toHaveLength(1);
	});

	it.each<[string, unknown]>([
		['a cause', new Error('a', { cause: new Error(SECRET) })],
		['a stack', Object.assign(new Error('a'), { stack: SECRET })],
		['what is not listed', Object.defineProperty({}, 'hidden', { value: { deep: SECRET } })],
		['a symbol', { [Symbol('a')]: [SECRET] }],
		['a map', new Map([[SECRET, 1]])],
		['a set', new Set([SECRET])],
		['bytes', { data: Buffer.from(SECRET) }],
		['n8n’s error of a node', new NodeOperationError(node, SECRET)],
		['a description', new NodeOperationError(node, 'a', { description: SECRET })],
		['n8n’s error of an API', new NodeApiError(node, { message: SECRET } as JsonObject)],
		['a part that was cut off', { said: `${SECRET.slice(0, 14)}…` }],
		['an end that was cut off', { said: SECRET.slice(-14) }],
	])('finds one in %s', (_where, value) => expect(leaksIn(value, [SECRET])).not.toEqual([]));

	it('goes round in circles without end but once, and finds nothing where nothing is', () => {
		const circle: Record<string, unknown> = { said: 'k7/Qp and R&amp; are no secrets' };
		circle.self = circle;
		expect(leaksIn(circle, [SECRET])).toEqual([]);
	});
});
