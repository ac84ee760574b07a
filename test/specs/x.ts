import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge } from './model';
import { openApiJudge, type OpenApi } from './openapi';

const OAUTH = 'OAuth endpoints are not part of the file';

/** Checks requests against X's own OpenAPI file. */
export function judge(folder: string): Judge {
	const file = join(folder, 'x/openapi-docs-2026-08-22.json');
	return openApiJudge(JSON.parse(readFileSync(file, 'utf8')) as OpenApi, {
		leftOut: {
			'GET /i/oauth2/authorize': OAUTH,
			'POST /i/oauth2/authorize': OAUTH,
			'POST /2/oauth2/token': OAUTH,
			'POST /2/oauth2/revoke': OAUTH,
		},
		// The documentation and the live API still accept the name that the file no longer has.
		aliases: { 'tweet.fields': 'post.fields' },
	});
}
