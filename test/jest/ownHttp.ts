import http from 'node:http';
import https from 'node:https';

/**
 * Restores Node's own HTTP functions after each test file. nock replaces them in a place that all
 * files of a process share; without this, each file's nock would call that of the file before.
 */
const { ClientRequest, get, request } = http;
const secure = { get: https.get, request: https.request };

afterAll(() => {
	Object.assign(http, { ClientRequest, get, request });
	Object.assign(https, secure);
});
