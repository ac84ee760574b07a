import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge } from './model';
import { openApiJudge, type OpenApi } from './openapi';

const CONSENT = 'the consent page is for people, not part of the API';
const STORAGE = 'the storage is not Pinterest’s own; its form comes from POST /media';

/** Checks requests against Pinterest's own OpenAPI file, whose paths lack the version. */
export function judge(folder: string): Judge {
	const byFile = openApiJudge(amended(join(folder, 'pinterest/openapi.json')), {
		leftOut: {
			'GET /oauth/': CONSENT,
			'POST /oauth/': CONSENT,
			'POST /pinterest-media-upload/': STORAGE,
		},
	});
	return (request) =>
		byFile({ ...request, path: request.path.replace(/^(\/api-sandbox)?\/v5(?=\/)/, '') });
}

/**
 * Corrects the file: alternatives overlap where metrics are named twice, and the token request only
 * hints at its kinds.
 */
function amended(file: string): OpenApi {
	const spec = JSON.parse(readFileSync(file, 'utf8').replaceAll('"oneOf":', '"anyOf":')) as OpenApi;
	const { schemas } = spec.components;
	const kinds = ['OauthAccessTokenRequestCode', 'OauthAccessTokenRequestRefresh'];
	schemas.OauthAccessTokenRequest = {
		anyOf: kinds.map((name) => ({ $ref: `#/components/schemas/${name}` })),
		// Only the description of the operation mentions it.
		properties: { continuous_refresh: { type: 'boolean' } },
	};
	return spec;
}
