/**
 * Tests ask no name server: what it says depends on the machine, and where it cannot be reached, a
 * look-up takes seconds. Here every name but those of this machine is unknown at once, for n8n's
 * guard of outgoing requests as well as for a request that nock does not answer.
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
