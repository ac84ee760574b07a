import type { ICredentialType, INodeType } from 'n8n-workflow';

/**
 * Makes the node of this name. Finds it as n8n does: files and classes are named after the type.
 */
export function nodeType(name: string): INodeType {
	const own = capital(name);
	return made<INodeType>(`@/nodes/${own}/${own}.node`, own);
}

export function credentialType(name: string): ICredentialType {
	const own = capital(name);
	return made<ICredentialType>(`@/credentials/${own}.credentials`, own);
}

function made<Type>(file: string, name: string): Type {
	const all = jest.requireActual<Record<string, new () => Type>>(file);
	return new all[name]();
}

function capital(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}
