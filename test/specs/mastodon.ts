import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge } from './model';
import { openApiJudge, type OpenApi } from './openapi';

/**
 * Checks requests against the OpenAPI file made from Mastodon's documentation. It describes JSON
 * where the server also accepts forms, and only the newer shape of redirect_uris.
 */
export function judge(folder: string): Judge {
	const file = join(folder, 'mastodon/mastodon-openapi-4.7.0.json');
	return openApiJudge(JSON.parse(readFileSync(file, 'utf8')) as OpenApi, {
		leftOut: {
			'POST /oauth/authorize': 'the consent page is for people, not part of the API',
		},
		forms: true,
		open: ['redirect_uris', 'media_attributes'],
	});
}
