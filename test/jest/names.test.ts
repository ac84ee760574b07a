import dns from 'node:dns';

const byCallback = async (name: string) =>
	await new Promise<string>((resolve, reject) => {
		dns.lookup(name, (error, address) => (error ? reject(error) : resolve(address)));
	});
const byPromise = async (name: string) => (await dns.promises.lookup(name)).address;

describe.each([
	['a callback', byCallback],
	['a promise', byPromise],
])('a name that is looked up with %s', (_way, lookup) => {
	it.each(['example.org', 'files.example.com', 'localhost.example.org'])(
		'%s is unknown, and no name server is asked',
		async (name) => {
			const started = performance.now();
			await expect(lookup(name)).rejects.toMatchObject({ code: 'ENOTFOUND', hostname: name });
			expect(performance.now() - started).toBeLessThan(1000);
		},
	);

	it.each(['127.0.0.1', '::1', 'localhost'])('%s is this machine', async (name) => {
		expect(await lookup(name)).toMatch(/^(127\.0\.0\.1|::1)$/);
	});
});
