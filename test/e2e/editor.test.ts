import { join } from 'node:path';

import { platforms } from '../../nodes/platforms';
import { chromiumPath, openEditor } from '../../scripts/local/browser.mjs';
import { importExample } from '../../scripts/local/demoRun.mjs';
import { saveWorkflow } from '../../scripts/local/n8nClient.mjs';
import { startWorld, type World } from './world';

/**
 * Looks at the editor as a user sees it; keeps the screenshots, some of which are in the README.
 */
const IMAGES = process.env.SCREENSHOTS ?? join(__dirname, '../../.cache/screenshots');
const EXAMPLE = join(__dirname, '../../examples/crosspost-demo.json');

jest.setTimeout(600_000);

(chromiumPath() ? describe : describe.skip)('n8n’s editor in Chromium', () => {
	let world: World;
	let editor: Awaited<ReturnType<typeof openEditor>>;

	beforeAll(async () => {
		world = await startWorld();
		editor = await openEditor({ heavy: world.heavy, session: world.session, images: IMAGES });
	}, 1_800_000);

	afterAll(async () => {
		await editor?.close();
		await world?.stop();
	});

	it('finds the nodes in the panel, apart from n8n’s own', async () => {
		await editor.page.goto(`${world.session.url}/workflow/new`);
		const names = await editor.searchNodes('Crosspost');
		await editor.shot('nodes-panel');
		expect(names).toEqual(
			expect.arrayContaining(['Crosspost', ...platforms.map(({ name }) => `${name} (Crosspost)`)]),
		);
	});

	it('shows a node that is added today its options, and a saved one those it had', async () => {
		const former = ['Media Title', 'Poll Duration', 'Poll Options', 'Poll Question'];
		const today = ['First Comment', 'Poll', 'Title'];
		const told = (options: string[]) =>
			[...former, ...today].filter((one) => options.includes(one));
		await editor.page.goto(`${world.session.url}/workflow/new`);
		await editor.addNode('LinkedIn (Crosspost)', 'Publish a post');
		expect(told(await editor.optionsToAdd())).toEqual(today);
		await editor.shot('options-of-today');

		const nodes = [1, 1.1].map((typeVersion, at) => ({
			...{ id: `node${at}`, name: ['Former', 'Present'][at], type: 'n8n-nodes-crosspost.linkedIn' },
			...{ typeVersion, position: [220 * at, 0], parameters: {} },
		}));
		const { id } = await saveWorkflow(world.session, { name: 'Two versions', nodes });
		await editor.openWorkflow(id);
		await editor.openNode('Present');
		expect(told(await editor.optionsToAdd())).toEqual(today);
		await editor.openWorkflow(id);
		await editor.openNode('Former');
		expect(told(await editor.optionsToAdd())).toEqual([...former, 'First Comment']);
		await editor.shot('options-of-version-1');
	});

	it('fills a credential and connects it through the consent page', async () => {
		await editor.newCredential('X (Crosspost) OAuth2 API');
		await editor.fillCredential({ clientId: 'x-demo', clientSecret: 'x-demo-secret' });
		await editor.shot('credential');
		await editor.connect({ beforeConsent: async () => undefined });
		await editor.shot('credential-connected');
		const issued = world.sandboxes.x.requests.filter(({ operation }) => operation === 'token');
		expect(issued.length).toBeGreaterThanOrEqual(2);
	});

	it('runs the example and shows what was published', async () => {
		const workflow = await importExample(world.session, EXAMPLE, world.credentials, world.accounts);
		await editor.openWorkflow(workflow.id);
		await editor.execute();
		await editor.shot('editor');
		for (const { state } of Object.values(world.sandboxes)) expect(state.posts).toHaveLength(1);
		await editor.openNode('Crosspost');
		await editor.page.getByText('Published').first().waitFor();
		await editor.page.locator('[data-test-id="parameter-input-platforms"]').waitFor();
		await editor.page.getByText('Bluesky Credential').waitFor();
		await editor.shot('crosspost');
	});

	it('leaves no secret where one could read it', async () => {
		expect(await world.leaks()).toEqual([]);
	});
});
