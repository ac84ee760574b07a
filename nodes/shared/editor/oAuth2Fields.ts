import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { AuthMethod } from '../contract/authMethod';
import { httpRequestDomains } from './credentialDomains';
import { baseUrls, hiddenField } from './credentialProperties';

/**
 * OAuth2 settings of a platform. URLs may be expressions over `$self`, the credential's properties.
 */
export interface OAuth2Settings {
	readonly scopes: NonNullable<AuthMethod['scopes']>;
	/** Separator of scopes. */
	readonly separator: ',' | ' ';
	readonly additionalScopes: AdditionalScopes;
	/** Overrides texts of Custom Scopes. */
	readonly customScope?: Pick<INodeProperties, 'placeholder' | 'description'>;
	/**
	 * Replaces the default scope expression, for platforms where further fields affect the scopes.
	 */
	readonly scope?: string;
	/** Visible fields after those for the scopes. */
	readonly more?: readonly INodeProperties[];
	readonly authUrl: string;
	readonly accessTokenUrl: string;
	readonly grantType?: 'authorizationCode' | 'pkce';
	readonly authQueryParameters?: string;
	readonly additionalBodyProperties?: string;
	/** Where Client ID and Client Secret are sent; default: `body`. */
	readonly authentication?: 'body' | 'header';
	readonly hosts?: Readonly<Record<string, string>>;
	/** Where n8n's own HTTP Request node may send the token. */
	readonly domains: readonly string[] | 'none';
}

interface AdditionalScopes {
	readonly description: string;
	/** One switch for all scopes, instead of a list. */
	readonly together?: boolean;
	/** Options with descriptions, if the scopes' names are not clear enough. */
	readonly options?: INodePropertyOptions[];
}

/** Properties of a credential type that extends n8n's `oAuth2Api`. */
export function oAuth2Fields(settings: OAuth2Settings): INodeProperties[] {
	const { scope = scopeExpression(settings), more = [], hosts = {} } = settings;
	const { additionalBodyProperties: body } = settings;
	return [
		additionalScopesField(settings),
		customScopeField(settings),
		...more,
		hiddenField('Grant Type', 'grantType', settings.grantType ?? 'authorizationCode'),
		hiddenField('Authorization URL', 'authUrl', settings.authUrl),
		hiddenField('Access Token URL', 'accessTokenUrl', settings.accessTokenUrl),
		hiddenField('Scope', 'scope', scope),
		hiddenField(
			'Auth URI Query Parameters',
			'authQueryParameters',
			settings.authQueryParameters ?? '',
		),
		...(body ? [hiddenField('Additional Body Properties', 'additionalBodyProperties', body)] : []),
		hiddenField('Authentication', 'authentication', settings.authentication ?? 'body'),
		...baseUrls(hosts),
		...httpRequestDomains(settings.domains),
	];
}

/**
 * JavaScript for the requested scopes, without the braces of an expression. n8n separates scopes by
 * commas if the result contains one.
 */
export function requestedScopes({
	scopes: { write },
	separator,
}: Pick<OAuth2Settings, 'scopes' | 'separator'>): string {
	const list = `${JSON.stringify(write)}.concat($self.extendedScopes || [])`;
	return `($self.customScope || "").trim() || ${list}.join("${separator}")`;
}

function scopeExpression(settings: OAuth2Settings): string {
	const { scopes, separator, additionalScopes } = settings;
	if (!additionalScopes.together) return `={{${requestedScopes(settings)}}}`;
	const write = JSON.stringify(scopes.write.join(separator));
	const all = JSON.stringify([...scopes.write, ...scopes.extended].join(separator));
	return `={{ ($self.customScope || "").trim() || ($self.extendedScopes ? ${all} : ${write}) }}`;
}

function additionalScopesField({ scopes, additionalScopes }: OAuth2Settings): INodeProperties {
	const { description, together, options } = additionalScopes;
	const field = { displayName: 'Additional Scopes', name: 'extendedScopes', description };
	if (together) return { ...field, type: 'boolean', default: false };
	return {
		...field,
		type: 'multiOptions',
		options: options ?? scopes.extended.map((value) => ({ name: value, value })),
		default: [],
	};
}

function customScopeField({ scopes, separator, customScope }: OAuth2Settings): INodeProperties {
	const separators = separator === ',' ? 'commas' : 'spaces';
	return {
		displayName: 'Custom Scopes',
		name: 'customScope',
		type: 'string',
		default: '',
		placeholder: `e.g. ${scopes.write.join(separator)}`,
		description: `Requested instead of all others, separated by ${separators}`,
		...customScope,
	};
}
