import { executions } from '../../scripts/local/n8nClient.mjs';
import { until } from '../../scripts/local/processes.mjs';
import type { World } from './world';

const HOUR = 3_600_000;

/** Starts many executions at once with a credential whose token has ended; returns the results. */
export async function manyAtOnce(world: World, name: string, count: number) {
	const { x } = world.sandboxes;
	const flow = await world.flow(name, [
		{
			type: 'n8n-nodes-crosspost.x',
			parameters: { text: '={{ $json.body.text }}', options: { cap: 0 } },
		},
	]);
	// Usually a credential has been used since it was connected.
	await flow.run({ text: `The one before ${name}` });
	x.clock.advance(3 * HOUR);
	const before = x.requests.length;
	const texts = Array.from({ length: count }, (_one, index) => `${name} ${index}`);
	await Promise.all(
		texts.map(async (text) => {
			const body = JSON.stringify({ text });
			const headers = { 'content-type': 'application/json' };
			const { ok } = await fetch(flow.url(), { method: 'POST', headers, body });
			if (!ok) throw new Error(`The webhook of ${name} was not accepted`);
		}),
	);
	const ended = async () => {
		const found: Array<{ status: string }> = await executions(world.session, flow.id, count + 10);
		const over = found.filter(({ status }) => ['success', 'error'].includes(status));
		return over.length === count + 1 ? over : undefined;
	};
	const what = `The end of ${count} executions`;
	const all = (await until(ended, { seconds: 240, what })) as Array<{ status: string }>;
	const grants = x.requests
		.slice(before)
		.filter(({ path }) => path === '/2/oauth2/token')
		.map(({ status }) => status);
	const posted = x.state.posts.map(({ text }) => text).filter((text) => texts.includes(text));
	return {
		failed: all.filter(({ status }) => status !== 'success').length,
		refreshes: grants,
		posts: posted.length,
		different: new Set(posted).size,
	};
}
