import type { IDataObject } from 'n8n-workflow';

import { useBinaryStore } from '@/test/support/binaries';
import { textsIn } from '@/test/support/leaksIn';
import { ANSWERS } from './echo/answers';
import { sceneOf } from './echo/scene';
import { ways } from './echo/ways';

/**
 * A user's link may look as if it gave access, and its parts may also appear in the result: they
 * are shown unchanged.
 */
beforeAll(useBinaryStore);

const today = new Date().toISOString().slice(0, 10);
const linkFor = (id: string) =>
	`https://shop.example/deal?expires=${today}&session=published&key=${id}&code=warnings&token=account`;

describe.each(ways)('%s tells its result whole', (_name, way) => {
	const link = linkFor(way.platform.id);
	it.each([
		['a text', { text: link }],
		['a link', { text: 'Hello', link, media: {} }],
	])('whatever is in %s', async (_what, parameters) => {
		const scene = await sceneOf(way);
		const { outcome } = await scene.play({
			...{ way, task: 'publish', stage: 'kept', continues: true, passes: Infinity },
			...{ answer: ANSWERS['200, a page'], parameters },
		});
		await scene.stop();
		const [[[{ json }]]] = outcome as [[[{ json: IDataObject }]]];
		expect([...textsIn(json)].join('\n')).not.toContain('[hidden]');
		// Some platforms accept no post without a file, or fetch it from an address that does not exist
		// here.
		if (json.error) return;
		expect(json).toMatchObject({
			platform: way.platform.id,
			warnings: expect.any(Array) as unknown,
			account: expect.any(Object) as unknown,
		});
		expect(json.publishedAt).toMatch(/^\d{4}-\d\d-\d\dT/);
	});
});
