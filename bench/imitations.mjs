/**
 * The imitations of these platforms in a process of their own:
 * `node imitations.mjs <folder> <n8n's URL> <platform>…`. Tells their accounts, and of each post how
 * many bytes its media have.
 */
import { startImitations } from '../scripts/local/demoAccounts.mjs';
import { loadSandboxes } from '../scripts/local/sandboxes.mjs';

const [folder, n8nUrl, ...platforms] = process.argv.slice(2);

const sandboxes = await loadSandboxes(folder);
const all = await startImitations({ n8nUrl, sandboxes });
const accounts = all.filter(({ platform }) => platforms.includes(platform));
process.send({ accounts: accounts.map((account) => ({ ...account, sandbox: undefined })) });

let seen = 0;
setInterval(() => {
	const posts = accounts.flatMap(({ sandbox }) => sandbox.state.posts);
	if (posts.length === seen) return;
	seen = posts.length;
	const last = posts.reduce((one, other) => (one.createdAt > other.createdAt ? one : other));
	process.send({ received: last.media.reduce((bytes, { length }) => bytes + length, 0) });
}, 100);
