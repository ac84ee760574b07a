import { bodyOf, boardNamed, call, idOf, IMAGE, pin, refusal, sandbox } from './pinterestSetup';
import { ask, png, sha256 } from './plainHttp';

interface Listed {
	items: Array<Record<string, unknown>>;
	bookmark: string | null;
}

const base64 = (bytes: Buffer, content_type = 'image/png') => ({
	content_type,
	data: bytes.toString('base64'),
});
const source = (media_source: object) => ({ media_source });

describe('Pins', () => {
	it('are made of pictures by URL and by bytes, one or several', async () => {
		const board = boardNamed('Travel');
		const texts = {
			title: 'Lake',
			description: 'Blue',
			link: 'https://example.com/',
			alt_text: 'Water',
		};
		const board_section_id = board.sections[1]!.id;
		const one = await pin({ ...texts, board_id: board.id, board_section_id });
		expect(one).toMatchObject({
			status: 201,
			body: { ...texts, board_id: board.id, board_section_id, media: { media_type: 'image' } },
		});
		await pin(source({ source_type: 'image_base64', ...base64(IMAGE) }));
		const url = 'https://n8n.example.com/a.png';
		await pin(
			source({
				source_type: 'multiple_image_urls',
				items: [{ url, title: 'First' }, { url }],
				index: 1,
			}),
		);
		const items = [base64(IMAGE), base64(png(2, 2))];
		await pin(source({ source_type: 'multiple_image_base64', items }));
		expect(sandbox.state.posts).toMatchObject([
			{ text: 'Blue', media: [{ sha256: sha256(IMAGE), width: 100, fetchedFrom: url }] },
			{ media: [{ sha256: sha256(IMAGE) }] },
			{ media: [{ title: 'First' }, {}], options: { index: 1 } },
			{ media: [{ height: 150 }, { height: 2 }] },
		]);
		expect((await ask(`${sandbox.url}/pin/${idOf(one)}/`)).body).toContain('Water');
	});

	it.each<[string, object, unknown[]]>([
		['no board', { board_id: undefined }, [400, 1]],
		['the name of a board', { board_id: 'recipes' }, [400, 1]],
		['an id that is a number', { board_id: 1 }, [400, 1]],
		['a board that is not there', { board_id: '1' }, [404, 40]],
		['a section that is not there', { board_section_id: '1' }, [404, 2031]],
		['a long title', { title: 'a'.repeat(101) }, [400, 1]],
		['a long description', { description: 'a'.repeat(801) }, [400, 1]],
		['a long link', { link: `https://example.com/${'a'.repeat(2029)}` }, [400, 1]],
		['a long alt text', { alt_text: 'a'.repeat(501) }, [400, 1]],
		['no media', { media_source: undefined }, [400, 1]],
		['another source', source({ source_type: 'text' }), [400, 1]],
		[
			'a web page',
			source({ source_type: 'image_url', url: 'https://n8n.example.com/c.txt' }),
			[400, 1],
		],
		[
			'a private host',
			source({ source_type: 'image_url', url: 'http://127.0.0.1/a.png' }),
			[400, 1],
		],
		[
			'a data URL',
			source({
				source_type: 'image_base64',
				content_type: 'image/png',
				data: 'data:image/png;base64,AA',
			}),
			[400, 1],
		],
		[
			'WebP as bytes',
			source({ source_type: 'image_base64', ...base64(IMAGE, 'image/webp') }),
			[400, 1],
		],
		[
			'bytes of another type',
			source({ source_type: 'image_base64', ...base64(IMAGE, 'image/jpeg') }),
			[400, 1],
		],
		[
			'a row of one',
			source({ source_type: 'multiple_image_base64', items: [base64(IMAGE)] }),
			[400, 1],
		],
		[
			'a row of six',
			source({ source_type: 'multiple_image_base64', items: Array(6).fill(base64(IMAGE)) }),
			[400, 1],
		],
		[
			'a film unknown',
			source({ source_type: 'video_id', media_id: '1', cover_image_key_frame_time: 0 }),
			[400, 1],
		],
	])('are refused with %s', async (_what, fields, expected) => {
		expect(refusal(await pin(fields))).toEqual(expected);
		expect(sandbox.state.posts).toEqual([]);
	});

	it('take pictures of 20 MiB, and no larger ones', async () => {
		const large = async (mib: number) => {
			const picture = base64(png(100, 150, mib * 1024 * 1024 - 33));
			const { status, body } = await pin(source({ source_type: 'image_base64', ...picture }));
			// Shows the message if the imitation itself fails.
			return status === 599 ? body : status;
		};
		expect([await large(20), await large(21)]).toEqual([201, 400]);
	});

	it('are read, changed, listed and deleted', async () => {
		const [first, second] = [idOf(await pin({ title: 'One' })), idOf(await pin())];
		const travel = boardNamed('Travel');
		const json = { title: 'Two', board_id: travel.id, board_section_id: travel.sections[0]!.id };
		expect((await call(`/pins/${first}`, { method: 'PATCH', json })).body).toMatchObject(json);
		const ids = async (path: string) => bodyOf<Listed>(await call(path)).items.map(({ id }) => id);
		expect(await ids('/pins')).toEqual([second, first]);
		expect(await ids(`/boards/${travel.id}/pins`)).toEqual([first]);
		expect(await ids(`/boards/${travel.id}/sections/${travel.sections[0]!.id}/pins`)).toEqual([
			first,
		]);
		expect(await ids(`/boards/${travel.id}/sections/${travel.sections[1]!.id}/pins`)).toEqual([]);
		expect((await call(`/pins/${first}`, { method: 'DELETE' })).status).toBe(204);
		expect(refusal(await call(`/pins/${first}`))).toEqual([404, 50]);
		expect(refusal(await call('/pins/abc'))).toEqual([400, 1]);
	});

	it('of others are not to be changed', async () => {
		const other = sandbox.issueToken({ account: 'second' }).accessToken;
		const id = idOf(await pin());
		const as = { token: other };
		expect((await call(`/pins/${id}`, as)).status).toBe(200);
		expect(refusal(await call(`/pins/${id}`, { ...as, method: 'DELETE' }))).toEqual([403, 29]);
		expect(refusal(await pin({}, as))).toEqual([403, 29]);
	});

	it('are measured by the day, for 90 days', async () => {
		const id = idOf(await pin());
		const date = (ago: number) =>
			new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
		const ask = async (query: Record<string, string>) =>
			await call(`/pins/${id}/analytics`, {
				query: {
					start_date: date(2),
					end_date: date(1),
					metric_types: 'IMPRESSION,SAVE',
					...query,
				},
			});
		expect((await ask({})).body).toMatchObject({
			all: {
				daily_metrics: [{ date: date(2), metrics: { IMPRESSION: 1, SAVE: 2 } }, { date: date(1) }],
			},
		});
		for (const [name, value] of [
			['start_date', date(95)],
			['end_date', date(5)],
			['metric_types', 'LIKES'],
			['end_date', ''],
		])
			expect(refusal(await ask({ [name!]: value! }))).toEqual([400, 400]);
	});
});

describe('boards', () => {
	const list = async (query: Record<string, string> = {}) =>
		bodyOf<Listed>(await call('/boards', { query }));

	it('come in pages with a bookmark', async () => {
		for (let index = 0; index < 5; index += 1) sandbox.state.addBoard({ name: `More ${index}` });
		const names: unknown[] = [];
		let bookmark: string | null = '';
		do {
			const page: Listed = await list({ page_size: '4', ...(bookmark && { bookmark }) });
			names.push(...page.items.map(({ name }) => name));
			bookmark = page.bookmark;
		} while (bookmark !== null);
		expect(names).toEqual([
			'Recipes',
			'Travel',
			'Plans',
			'Ad-only Pins',
			'More 0',
			'More 1',
			'More 2',
			'More 3',
			'More 4',
		]);
		for (const query of ['page_size=251', 'page_size=0', 'bookmark=x', 'privacy=OPEN'])
			expect(refusal(await call(`/boards?${query}`))).toEqual([400, 1]);
	});

	it('are made, and their sections', async () => {
		const made = await call('/boards', { json: { name: 'New', privacy: 'SECRET' } });
		expect(made).toMatchObject({
			status: 201,
			body: { name: 'New', privacy: 'SECRET', owner: { username: 'demo' } },
		});
		const path = `/boards/${idOf(made)}/sections`;
		for (const name of ['A', 'B']) expect((await call(path, { json: { name } })).status).toBe(201);
		expect(bodyOf<Listed>(await call(path)).items).toMatchObject([{ name: 'A' }, { name: 'B' }]);
		expect(refusal(await call(path, { json: { name: '' } }))).toEqual([400, 400]);
		expect(refusal(await call('/boards', { json: {} }))).toEqual([400, 1]);
	});

	it('that are secret want scopes of their own', async () => {
		const scopes = ['boards:read', 'boards:write', 'pins:read', 'pins:write'];
		const few = { token: sandbox.issueToken({ scopes }).accessToken };
		const { items } = bodyOf<Listed>(await call('/boards', few));
		expect(items.map(({ name }) => name)).toEqual(['Recipes', 'Travel', 'Ad-only Pins']);
		const { id } = boardNamed('Plans');
		expect(refusal(await pin({ board_id: id }, few))).toEqual([401, 3]);
		expect(refusal(await call('/user_account', few))).toEqual([401, 3]);
		expect((await pin({ board_id: id })).status).toBe(201);
	});
});

describe('limits', () => {
	it('are a hundred writes a minute', async () => {
		const made = await Promise.all(
			Array.from({ length: 101 }, async () => await call('/boards', { json: { name: 'A' } })),
		);
		expect(made.filter(({ status }) => status === 201)).toHaveLength(100);
		const refused = made.find(({ status }) => status === 429)!;
		expect(refusal(refused)).toEqual([429, 8]);
		expect(refused.headers.get('x-ratelimit-reset')).toBe('60');
		sandbox.clock.advance(61_000);
		expect((await call('/boards', { json: { name: 'A' } })).status).toBe(201);
	});

	it.each([
		['429', 429, 8],
		['5xx-before', 503, 503],
		['conflict', 409, 409],
		['spam', 429, 30],
		['trial', 403, 29],
		['unreachable', 400, 1],
		['few-scopes', 401, 3],
		['refused', 400, 1],
		['expired-token', 401, 2],
	])('%s on demand', async (kind, status, code) => {
		sandbox.faults.next('publish', { kind });
		expect(refusal(await pin())).toEqual([status, code]);
		expect(sandbox.state.posts).toEqual([]);
	});
});
