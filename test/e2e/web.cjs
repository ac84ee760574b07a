/**
 * Loaded into n8n before anything else: makes one domain name lead to a server on this machine, as
 * `nock` does in the tests of the nodes.
 */
const dns = require('node:dns');
const net = require('node:net');
const tls = require('node:tls');

const { CROSSPOST_WEB_HOST: host, CROSSPOST_WEB_PORT: port } = process.env;
const found = { address: '127.0.0.1', family: 4 };

const { lookup } = dns;
dns.lookup = (name, ...rest) => {
	if (name !== host) return lookup(name, ...rest);
	const answer = rest[0]?.all ? [null, [found]] : [null, found.address, found.family];
	process.nextTick(rest.at(-1), ...answer);
};

const { lookup: promised } = dns.promises;
dns.promises.lookup = async (name, options) => {
	if (name !== host) return await promised(name, options);
	return options?.all ? [found] : found;
};

const { connect } = tls;
tls.connect = (options, ...rest) =>
	options.servername === host || options.host === host
		? net.connect({ host: found.address, port: Number(port) })
		: connect(options, ...rest);
