import { refuseCredential } from '../shared/connection/credentialText';

/** Stands for the host of an unknown environment; the name never resolves (RFC 6761). */
const NOWHERE = 'https://environment.invalid';

/**
 * An n8n expression inside the credential that gives the chosen environment's host. An unknown
 * environment gets no host, so that no server receives the token.
 */
export function environmentExpression(hosts: Readonly<Record<string, string>>): string {
	return Object.entries(hosts).reduceRight(
		(others, [name, host]) => `$self.environment === "${name}" ? ${host} : ${others}`,
		`"${NOWHERE}"`,
	);
}

/**
 * Checks the base URL that the credential's expression gives; throws if the environment is unknown.
 */
export function environmentBase(given: string): string {
	return given === NOWHERE ? refuseEnvironment() : given;
}

function refuseEnvironment(): never {
	const message = 'The field Environment of the credential is neither production nor sandbox';
	return refuseCredential('pinterest', 'environment', message);
}
