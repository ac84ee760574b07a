import { startSandbox, type Sandbox } from '.';
import type { Board, PinterestState } from './pinterest/model';
import { ask, fileServer, png, type Answer } from './plainHttp';

jest.setTimeout(60_000);

export const IMAGE = png(100, 150);

/** The Pinterest of one test, a token of its account and that account's boards. */
export let sandbox: Sandbox<PinterestState>;
export let token: string;
let files: Awaited<ReturnType<typeof fileServer>>;

beforeAll(async () => {
	files = await fileServer({ '/a.png': IMAGE, '/c.txt': Buffer.from('text') });
});
afterAll(() => files.stop());
beforeEach(async () => {
	sandbox = await startSandbox('pinterest', { crawl: { 'https://n8n.example.com/': files.url } });
	token = sandbox.issueToken().accessToken;
});
afterEach(async () => await sandbox.stop());

export const call = async (path: string, asked: Parameters<typeof ask>[1] = {}) =>
	await ask(`${sandbox.url}/v5${path}`, { token, ...asked });

export const boardNamed = (name: string): Board =>
	sandbox.state.boards.find((board) => board.name === name && board.account === 'demo')!;

/** Makes a Pin of a picture by its URL, on the first board. */
export const pin = async (fields: object = {}, asked: Parameters<typeof ask>[1] = {}) =>
	await call('/pins', {
		json: {
			board_id: boardNamed('Recipes').id,
			media_source: { source_type: 'image_url', url: 'https://n8n.example.com/a.png' },
			...fields,
		},
		...asked,
	});

export const bodyOf = <T = Record<string, unknown>>({ body }: Answer) => body as T;
export const idOf = (answer: Answer) => bodyOf<{ id: string }>(answer).id;
/** Status and code of a refusal. */
export const refusal = ({ status, body }: Answer) => [status, (body as { code?: number }).code];
