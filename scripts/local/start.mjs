/**
 * `npm start`: the pack in a real n8n with connected demo accounts, and one cross-post.
 * `npm start -- --once` ends after the post; standard output then has one JSON line per post.
 * Of a folder CROSSPOST_DEMO there can be one at a time, since n8n keeps its database in it.
 */
import { join, resolve } from 'node:path';
import { connectAccounts, importExample, publishOnce } from './demoRun.mjs';
import {
	PUBLIC_URL,
	blueskyAccount,
	overwritesOf,
	startBlueskyServices,
	startImitations,
} from './demoAccounts.mjs';
import { ensureHeavy } from './heavy.mjs';
import { OWNER, signIn } from './n8nClient.mjs';
import { installPack, startN8n } from './n8n.mjs';
import { packTarball } from '../build/pack.mjs';
import { ROOT, ensurePackages } from '../build/packages.mjs';
import { startPds } from './pds.mjs';
import { freePorts, isFree, stopAll } from './processes.mjs';
import { loadSandboxes } from './sandboxes.mjs';

const STATE = resolve(process.env.CROSSPOST_DEMO || join(ROOT, '.cache/demo'));
const PACK = join(ROOT, '.cache/pack');
const EXAMPLE = join(ROOT, 'examples', 'crosspost-demo.json');
const N8N_PORT = Number(process.env.CROSSPOST_PORT) || 5678;
const STOPPED_BY_USER = 130;

const once = process.argv.includes('--once');
const say = (line) => process.stderr.write(`${line}\n`);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupted);

try {
	const demo = await prepare();
	const { posts, failures } = await publishOnce(demo.session, demo.workflow);
	report(demo, posts, failures);
	if (once) await end(failures.length > 0 || posts.length === 0 ? 1 : 0);
	else await demo.n8n.exited.then((code) => end(code));
} catch (error) {
	say(error.message);
	await end(1);
}

async function prepare() {
	await ensurePackages(say);
	const tarball = await packTarball(PACK, say);
	const heavy = await ensureHeavy(say);
	say('Starting n8n and the servers to post to');
	const [freePort, pdsPort] = await freePorts(2);
	const port = (await isFree(N8N_PORT)) ? N8N_PORT : freePort;
	const sandboxes = await loadSandboxes(STATE);
	const [imitated, beside] = await Promise.all([
		startImitations({ n8nUrl: `http://127.0.0.1:${port}`, sandboxes }),
		startBlueskyServices({ pdsUrl: `http://localhost:${pdsPort}`, sandboxes }),
	]);
	const credentialOverwrites = overwritesOf([beside, ...imitated]);
	const [bluesky, n8n] = await Promise.all([
		startPds({ heavy, port: pdsPort }).then(blueskyAccount),
		startEditor({ heavy, tarball, port, credentialOverwrites }),
	]);
	const accounts = [bluesky, ...imitated];
	say('Connecting the demo accounts');
	const session = await signIn(n8n.url);
	const credentials = await connectAccounts(session, accounts);
	const workflow = await importExample(session, EXAMPLE, credentials, accounts);
	return { n8n, session, accounts, workflow };
}

async function startEditor({ tarball, ...options }) {
	const userFolder = join(STATE, 'n8n');
	await installPack({ userFolder, tarball });
	const env = { WEBHOOK_URL: PUBLIC_URL };
	return await startN8n({ ...options, userFolder, env, logFile: join(STATE, 'n8n.log') });
}

function report({ n8n, accounts, workflow }, posts, failures) {
	for (const post of posts) {
		const { platform, id, url } = post;
		const seenAt = accounts.find((account) => account.platform === platform)?.seenAt(post) ?? url;
		say(`Published on ${platform}: ${seenAt}`);
		if (once) process.stdout.write(`${JSON.stringify({ platform, id, url: url ?? seenAt })}\n`);
	}
	for (const failure of failures)
		say(`Not published: ${failure.message ?? JSON.stringify(failure)}`);
	if (once) return;
	say(`\nn8n:    ${n8n.url}/workflow/${workflow.id}`);
	say(`Login:  ${OWNER.email} / ${OWNER.password}`);
	say('Stop everything with Ctrl-C.');
}

async function interrupted() {
	say('\nStopping');
	await end(STOPPED_BY_USER);
}

async function end(code) {
	await stopAll();
	process.exit(code);
}
