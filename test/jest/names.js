/**
 * Makes every name unknown except those of this machine, without a name server: its answers depend
 * on the machine, and a look-up takes seconds if it cannot be reached. This also applies to n8n's
 * guard of outgoing requests and to requests that nock does not answer.
 */
const dns = require('node:dns');
const { isIP } = require('node:net');

const isOwn = (name) => isIP(name) !== 0 || /^(.+\.)?localhost$/i.test(name);

function unknown(name) {
	const details = { code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo', hostname: name };
	return Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), details);
}

const { lookup } = dns;
dns.lookup = (name, ...rest) =>
	isOwn(name) ? lookup(name, ...rest) : process.nextTick(rest.at(-1), unknown(name));

const { lookup: promised } = dns.promises;
dns.promises.lookup = async (name, options) => {
	if (!isOwn(name)) throw unknown(name);
	return await promised(name, options);
};
