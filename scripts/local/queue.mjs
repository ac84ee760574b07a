/** The servers for n8n's queue mode: PostgreSQL and Redis, on loopback, empty. */
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePorts, runQuietly, startGuarded, tail, until } from './processes.mjs';

const DATABASE = { name: 'postgres', user: 'n8n' };
const ENCRYPTION_KEY = 'crosspost-demo-encryption-key';

/**
 * Starts both and tells n8n's processes how to reach them.
 *
 * @param {{ postgres: string, redis: string }} programs
 */
export async function startQueue(programs) {
	const folder = await mkdtemp(join(tmpdir(), 'crosspost-queue-'));
	const [postgresPort, redisPort] = await freePorts(2);
	const redis = startGuarded({
		command: programs.redis,
		args: ['--bind', '127.0.0.1', '--port', String(redisPort), '--save', '', '--dir', folder],
		logFile: join(folder, 'redis.log'),
	});
	const postgres = await startPostgres(folder, programs.postgres, postgresPort);
	await Promise.all([
		listening(redisPort, join(folder, 'redis.log')),
		listening(postgresPort, postgres.logFile),
	]);
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: DATABASE.name,
			DB_POSTGRESDB_USER: DATABASE.user,
			// n8n's processes share no files, so binary data are kept in the database.
			N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		},
		/** A dump of the database as text. */
		dump: async () =>
			await runQuietly(join(programs.postgres, 'pg_dump'), [
				...['--host=127.0.0.1', `--port=${postgresPort}`, `--username=${DATABASE.user}`],
				DATABASE.name,
			]),
		stop: async () => {
			await Promise.all([redis.stop(), postgres.stop()]);
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function startPostgres(folder, programs, port) {
	const data = join(folder, 'postgres');
	const logFile = join(folder, 'postgres.log');
	await mkdir(data, { recursive: true });
	const [asOwner, owner] = await ownerOf();
	if (owner) {
		await chown(data, owner.uid, owner.gid);
		await chown(folder, owner.uid, owner.gid);
	}
	const initdb = [
		...['-D', data, '-A', 'trust', '-U', DATABASE.user],
		...['-E', 'UTF8', '--no-locale', '--no-sync'],
	];
	await runQuietly(...asOwner(join(programs, 'initdb'), initdb), { cwd: folder });
	const [command, args] = asOwner(join(programs, 'postgres'), [
		...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data, '-F'],
	]);
	return { logFile, ...startGuarded({ command, args, cwd: folder, logFile }) };
}

/** PostgreSQL refuses to run as root; Debian has created a user for it. */
async function ownerOf() {
	if (userInfo().uid !== 0) return [(command, args) => [command, args]];
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (flag) => Number(await runQuietly('id', [flag, 'postgres']))),
	);
	const ids = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
	return [(command, args) => ['setpriv', [...ids, command, ...args]], { uid, gid }];
}

async function listening(port, logFile) {
	const answers = () =>
		new Promise((resolve) => {
			const socket = connect(port, '127.0.0.1', () => resolve(true));
			socket.on('error', () => resolve(false));
			socket.on('connect', () => socket.destroy());
		});
	await until(answers, { seconds: 60, what: `A server at port ${port}` }).catch(async (error) => {
		throw new Error(`${error.message}\n${await tail(logFile)}`);
	});
}
