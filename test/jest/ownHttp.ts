import http from 'node:http';
import https from 'node:https';

/**
 * Gives Node's own HTTP functions back after each file of tests. nock replaces them in the one place
 * that all files of a process share, so that without this each file's nock would call the last one's.
 */
const { ClientRequest, get, request } = http;
const secure = { get: https.get, request: https.request };

afterAll(() => {
	Object.assign(http, { ClientRequest, get, request });
	Object.assign(https, secure);
});
