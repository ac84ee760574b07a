/**
 * The child process behind pds.mjs: needs Node 24 and the heavy part's packages.
 *
 *     node pdsServer.mjs <package.json of the heavy part>
 *
 * Writes one JSON line, `{ url, plcUrl, jwtSecret }`, when both servers answer.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const from = createRequire(process.argv[2]);
const load = async (name) => await import(pathToFileURL(from.resolve(name)));
const { Secp256k1Keypair } = await load('@atproto/crypto');
const { PDS } = await load('@atproto/pds');
const { Database, PlcServer } = await load('@did-plc/server');

const folder = mkdtempSync(join(tmpdir(), 'crosspost-pds-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const plcPort = await freePort();
const plc = PlcServer.create({ db: Database.mock(), port: plcPort });
await plc.start();

const port = Number(process.env.PDS_PORT) || (await freePort());
const jwtSecret = randomBytes(16).toString('hex');
const plcUrl = `http://localhost:${plcPort}`;
const pds = await PDS.fromEnv({
	devMode: true,
	port,
	hostname: 'localhost',
	dataDirectory: folder,
	blobstoreDiskLocation: join(folder, 'blobs'),
	didPlcUrl: plcUrl,
	recoveryDidKey: (await Secp256k1Keypair.create()).did(),
	plcRotationKeyK256PrivateKeyHex: await privateKey(),
	adminPassword: randomBytes(16).toString('hex'),
	jwtSecret,
	serviceHandleDomains: ['.test'],
	inviteRequired: false,
	disableSsrfProtection: true,
	rateLimitsEnabled: process.env.PDS_RATE_LIMITS === 'true',
	bskyAppViewUrl: process.env.PDS_APP_VIEW_URL ?? 'http://localhost:9',
	bskyAppViewDid: 'did:example:appview',
	modServiceUrl: 'http://localhost:9',
	modServiceDid: 'did:example:moderation',
});
await pds.start();

const stop = async () => {
	await Promise.allSettled([pds.destroy(), plc.destroy()]);
	process.exit();
};
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
process.stdout.write(`${JSON.stringify({ url: `http://localhost:${port}`, plcUrl, jwtSecret })}\n`);

async function privateKey() {
	const pair = await Secp256k1Keypair.create({ exportable: true });
	return Buffer.from(await pair.export()).toString('hex');
}

function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(0, () => {
			const { port: free } = server.address();
			server.close(() => resolve(free));
		});
	});
}
