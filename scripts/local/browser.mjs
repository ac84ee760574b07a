/** Drives n8n's editor in a headless Chromium, as a user would. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { until } from './processes.mjs';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Pages take seconds on a small machine; the first one takes tens of seconds. */
const PATIENCE_MS = 60_000;

/** Path of the browser on this machine; undefined if there is none. */
export function chromiumPath() {
	return [process.env.CHROMIUM_PATH, ...CHROMIUM].find((path) => path && existsSync(path));
}

/**
 * Opens the editor signed in as the session's owner.
 *
 * @param {{
 *   heavy: import('./heavy.mjs').Heavy,
 *   session: import('./n8nClient.mjs').Session,
 *   images: string,
 * }} options `images`: the folder for screenshots
 */
export async function openEditor({ heavy, session, images }) {
	const { chromium } = createRequire(join(heavy.dir, 'package.json'))('playwright-core');
	const browser = await chromium.launch({
		executablePath: chromiumPath(),
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	context.setDefaultTimeout(PATIENCE_MS);
	const page = await context.newPage();
	await mkdir(images, { recursive: true });
	await signIn(page, session);
	return {
		page,
		close: () => browser.close(),
		/** Saves a screenshot as `<name>.png`. */
		shot: (name) => page.screenshot({ path: join(images, `${name}.png`), animations: 'disabled' }),
		openWorkflow: (id) => openWorkflow(page, session.url, id),
		searchNodes: (text) => searchNodes(page, text),
		addNode: (name, action) => addNode(page, name, action),
		optionsToAdd: () => optionsToAdd(page),
		newCredential: (type) => newCredential(page, session.url, type),
		fillCredential: (values) => fillCredential(page, values),
		connect: (options) => connect(page, options),
		saveCredential: () => saveCredential(page),
		execute: () => execute(page),
		openNode: (name) => openNode(page, name),
	};
}

const byTestId = (page, id) => page.locator(`[data-test-id="${id}"]`);

async function signIn(page, { url, owner }) {
	await page.goto(`${url}/signin`);
	await page.locator('input').first().fill(owner.email);
	await page.locator('input[type="password"]').fill(owner.password);
	await byTestId(page, 'form-submit-button').click();
	await page.waitForURL((at) => !at.pathname.startsWith('/signin'));
}

async function openWorkflow(page, url, id) {
	await page.goto(`${url}/workflow/${id}`);
	await byTestId(page, 'canvas-node').first().waitFor();
}

/** Searches the nodes panel; returns the listed names. */
async function searchNodes(page, text) {
	const search = byTestId(page, 'node-creator-search-bar');
	await until(
		async () => {
			if (await search.isVisible()) return true;
			// The editor ignores keys until its canvas is ready.
			await page.keyboard.press('n');
			return false;
		},
		{ seconds: PATIENCE_MS / 1000, what: 'The nodes panel', every: 2000 },
	);
	await search.fill(text);
	const names = byTestId(page, 'node-creator-item-name');
	await names
		.filter({ hasText: new RegExp(text, 'i') })
		.first()
		.waitFor();
	return await names.allInnerTexts();
}

/** Adds a node by one of the actions that the panel lists for it, which opens the node. */
async function addNode(page, name, action) {
	await searchNodes(page, name.split(' ')[0]);
	const names = byTestId(page, 'node-creator-item-name');
	await names.getByText(name, { exact: true }).first().click();
	await names.getByText(action, { exact: true }).first().click();
	await byTestId(page, 'ndv').waitFor();
}

/** What the last Add Option of the open node lists. */
async function optionsToAdd(page) {
	await byTestId(page, 'collection-parameter-add').last().click();
	const options = page.locator('[role="option"]:visible, [role="menuitem"]:visible');
	await options.filter({ hasText: 'Wait for Processing' }).waitFor();
	return (await options.allInnerTexts()).filter(Boolean);
}

/** Opens the form of a new credential whose type has this display name. */
async function newCredential(page, url, type) {
	await page.goto(`${url}/home/credentials/create`);
	await byTestId(page, 'new-credential-type-select').locator('input').click();
	await page.keyboard.type(type);
	await page.getByText(type, { exact: true }).last().click();
	await byTestId(page, 'new-credential-type-button').click();
	await byTestId(page, 'credential-edit-dialog').waitFor();
}

async function fillCredential(page, values) {
	for (const [name, value] of Object.entries(values)) {
		await byTestId(page, `parameter-input-${name}`).locator('input').fill(value);
	}
}

/** Presses Connect, then the consent page's button; waits until the editor shows success. */
async function connect(page, { account, beforeConsent } = {}) {
	const opened = page.waitForEvent('popup');
	await byTestId(page, 'oauth-not-connected-banner').getByRole('button').click();
	const consent = await opened;
	await consent.getByRole('button', { name: /allow|authorize/i }).waitFor();
	if (account) await consent.getByRole('combobox').selectOption(account);
	await beforeConsent?.(consent);
	await consent.getByRole('button', { name: /allow|authorize/i }).click();
	await byTestId(page, 'oauth-connect-success-banner').waitFor({ state: 'visible' });
}

/** Saves a credential whose type has a test; returns `success` or the shown error. */
async function saveCredential(page) {
	await byTestId(page, 'credential-save-button')
		.getByRole('button')
		.or(page.getByRole('button', { name: 'Save' }))
		.first()
		.click();
	const success = byTestId(page, 'credentials-config-container-test-success');
	const failure = byTestId(page, 'credentials-config-container-test-error');
	await success.or(failure).filter({ visible: true }).first().waitFor();
	return (await success.isVisible()) ? 'success' : await failure.innerText();
}

/** Runs the open workflow; waits until every node shows its result. */
async function execute(page) {
	await byTestId(page, 'execute-workflow-button').click();
	const verdict = page.locator('[data-test-id^="canvas-node-status-"]');
	await verdict.first().waitFor();
	await byTestId(page, 'clear-execution-data-button').first().waitFor();
}

async function openNode(page, name) {
	await byTestId(page, 'canvas-node').filter({ hasText: name }).first().dblclick();
	await byTestId(page, 'ndv').waitFor();
}
