import type { IDataObject } from 'n8n-workflow';

import { binaryItem } from '@/test/support/binaries';
import { conversation, type Line } from '@/test/support/conversation';
import { png } from '@/test/support/mediaFixtures';
import { byId, fromBinary, outcome, publishingNode } from '@/test/support/node';
import { credentialType, nodeType } from '@/test/support/pack';

const DISCORD = 'https://discord.com';
const TOKEN = 'AbCdEf-0123456789_xyz';
const HOOK = `/api/v10/webhooks/1200/${TOKEN}`;
const about = { id: '1200', name: 'News', channel_id: '11', guild_id: '10' };
const me: Line = ['GET', HOOK, 200, { ...about, token: TOKEN }];
const quiet = { allowed_mentions: { parse: [] } };

const node = (parameters: IDataObject) =>
	publishingNode(parameters, {
		type: nodeType('discordWebhook'),
		credential: credentialType('crosspostDiscordWebhookApi'),
		data: { webhookUrl: ` ${DISCORD}/api/webhooks/1200/${TOKEN}\n` },
	});

/** Runs a node with these parameters; Discord gets these requests in this order. */
async function talked(parameters: IDataObject, lines: Line[], files = {}) {
	const talk = conversation(DISCORD, lines);
	const [json] = await outcome(node(parameters), [await binaryItem(files)]);
	talk.done();
	return { json, last: talk.requests.at(-1)! };
}

const refused = async (status: number, body: object, headers = {}) => {
	const parameters = { text: 'Hello', options: { rateLimitWait: 0 } };
	const { json } = await talked(parameters, [me, me, ['POST', HOOK, status, body, headers]]);
	return json.error as IDataObject;
};

describe('a post', () => {
	it('is sent by the version of the API that was read, and pings nobody', async () => {
		const made: Line = ['POST', HOOK, 200, { id: '12', channel_id: '11' }];
		const link = 'https://example.com/a';
		const options = { silent: true, threadId: '13', username: 'Bot' };
		const { json, last } = await talked({ text: '@everyone', link, options }, [me, me, made]);
		expect(json).toMatchObject({
			...{ platform: 'discordWebhook', status: 'published', id: '12' },
			...{ url: 'https://discord.com/channels/10/11/12', account: { id: '1200', name: 'News' } },
		});
		expect(last).toMatchObject({ query: { wait: 'true', thread_id: '13' } });
		const content = `@everyone\n\n${link}`;
		expect(last.body).toEqual({ ...quiet, content, username: 'Bot', flags: 4096 });
		expect(last.headers).not.toHaveProperty('authorization');
	});

	it('has files with alt texts, each under the place that its attachment names', async () => {
		const made: Line = ['POST', HOOK, 200, { id: '12', channel_id: '11' }];
		const media = fromBinary('a, b', 'One\n');
		const data = png(2, 2);
		const files = Object.fromEntries(
			['a', 'b'].map((name) => [name, { data, fileName: `${name}.png`, mimeType: 'image/png' }]),
		);
		const { last } = await talked({ text: '', media }, [me, me, made], files);
		const form = Buffer.from(String(last.body), 'hex').toString('latin1');
		const attachments = [{ id: 0, filename: 'a.png', description: 'One' }];
		const body = { ...quiet, attachments: [...attachments, { id: 1, filename: 'b.png' }] };
		expect(form).toContain(`name="payload_json"\r\n\r\n${JSON.stringify(body)}\r\n`);
		expect(form).toContain('name="files[1]"; filename="b.png"\r\nContent-Type: image/png');
	});

	it.each([
		['a.name', 'discordWebhook.thread.address'],
		['1/2', 'discordWebhook.thread.address'],
	])('does not go into the thread %s', async (threadId, rule) => {
		const { json } = await talked({ text: 'Hello', options: { threadId } }, []);
		expect(json).toMatchObject({ error: { problems: [{ rule }] } });
	});

	it.each([
		[401, 50027, 'platform_auth_failed', undefined],
		[404, 10015, 'platform_auth_failed', 'webhook.deleted'],
		[404, 10003, 'not_found', undefined],
		[400, 50006, 'platform_rejected', 'text.empty'],
		[400, 50083, 'platform_rejected', 'thread.archived'],
		[400, 220001, 'platform_rejected', 'thread.missing'],
		[400, 200000, 'platform_rejected', 'text.blocked'],
		[400, 240000, 'platform_rejected', 'link.harmful'],
		[400, 30015, 'media_rejected', 'media.count'],
		[413, 40005, 'media_rejected', 'media.size'],
		[429, 20016, 'rate_limited', 'channel.slowmode'],
		[503, 130000, 'outcome_unknown', undefined],
	])('that is refused with %i and %i: %s', async (status, code, expected, rule) => {
		const error = await refused(status, { message: 'No', code });
		expect(error).toMatchObject({
			code: expected,
			...(rule && { rule: `discordWebhook.${rule}` }),
		});
	});

	it('that is refused for its shape says what is wrong where', async () => {
		const errors = { content: { _errors: [{ code: 'X', message: 'Must be 2000 or fewer.' }] } };
		const body = { message: 'Invalid Form Body', code: 50035, errors };
		const message = 'Discord Webhook: Invalid Form Body content: Must be 2000 or fewer.';
		expect(await refused(400, body)).toMatchObject({ code: 'platform_rejected', message });
	});

	it('that comes too early tells when to try again, also where the address is blocked', async () => {
		const body = { message: 'You are being rate limited.', retry_after: 1163.5, global: false };
		const error = await refused(429, body, { 'retry-after': '1' });
		const wait = Date.parse(String(error.retryAt)) - Date.now();
		expect(Math.round(wait / 60_000)).toBe(19);
		const ban = { code: 0, message: 'You are being blocked from accessing our API temporarily' };
		expect(await refused(429, ban)).toMatchObject({
			...{ code: 'rate_limited', rule: 'discordWebhook.address.blocked' },
			remediation: expect.stringContaining('IP address') as string,
		});
	});
});

describe('a post that is out', () => {
	const post = byId('https://discord.com/channels/10/11/12');

	it('is changed and deleted by its URL', async () => {
		const update = { operation: 'update', post, text: 'New' };
		const changed: Line = ['PATCH', `${HOOK}/messages/12`, 200, { id: '12', content: 'New' }];
		const { json, last } = await talked(update, [changed]);
		expect([json, last.body]).toEqual([
			{ id: '12', content: 'New' },
			{ ...quiet, content: 'New' },
		]);
		const gone: Line = ['DELETE', `${HOOK}/messages/12`, 204, ''];
		expect((await talked({ operation: 'delete', post }, [gone])).json).toEqual({
			...{ id: '12', deleted: true },
		});
	});

	it('is not looked for under what is no address of one', async () => {
		const { json } = await talked({ operation: 'delete', post: byId('https://x.com/a/12') }, []);
		expect(json).toMatchObject({ error: { rule: 'discordWebhook.post.address' } });
	});
});
