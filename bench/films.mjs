/** Films on disk and in the file store of an n8n. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { outputOf, runWorkflow, saveWorkflow } from '../scripts/local/n8nClient.mjs';
import { compiled } from './compiled.mjs';

const { writeFilm } = compiled('film');

export const MIB = 1024 * 1024;

/** Writes films of these sizes in MiB; gives their files by size. */
export async function makeFilms(folder, sizes) {
	const films = Object.fromEntries(sizes.map((mib) => [mib, join(folder, `${mib}.mp4`)]));
	for (const mib of sizes) await writeFilm(films[mib], mib * MIB);
	return films;
}

/** Items with films that n8n has put into its own file store, by size. */
export async function stored({ session }, films, sizes) {
	const server = createServer((request, response) => {
		response.writeHead(200, { 'content-type': 'video/mp4' });
		createReadStream(films[request.url.slice(1)]).pipe(response);
	});
	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	const items = {};
	for (const mib of sizes) {
		items[mib] = await download(session, `http://127.0.0.1:${server.address().port}/${mib}`);
	}
	server.close();
	return items;
}

async function download(session, url) {
	const options = { response: { response: { responseFormat: 'file' } } };
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Download', 'n8n-nodes-base.httpRequest', 4.2, { url, options }),
	];
	const workflow = await saveWorkflow(session, { ...inARow(nodes), name: 'Download' });
	const [{ binary }] = outputOf(await runWorkflow(session, workflow), 'Download');
	return { json: {}, binary };
}

export function node(name, type, typeVersion, parameters) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

export function inARow(nodes) {
	const [first, second] = nodes;
	const main = [[{ node: second.name, type: 'main', index: 0 }]];
	return { nodes, connections: { [first.name]: { main } } };
}
