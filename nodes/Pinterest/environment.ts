import { refuseCredential } from '../shared/connection/credentialText';

/** Instead of a host where nothing is chosen: a name that leads nowhere (RFC 6761). */
const NOWHERE = 'https://environment.invalid';

/** Inside the credential: the host of the environment that is chosen. What is none gets no token. */
export function environmentExpression(hosts: Readonly<Record<string, string>>): string {
	return Object.entries(hosts).reduceRight(
		(others, [name, host]) => `$self.environment === "${name}" ? ${host} : ${others}`,
		`"${NOWHERE}"`,
	);
}

/** The base URL of requests, as the credential's own expression gives it. */
export function environmentBase(given: string): string {
	return given === NOWHERE ? refuseEnvironment() : given;
}

function refuseEnvironment(): never {
	const message = 'The field Environment of the credential is neither production nor sandbox';
	return refuseCredential('pinterest', 'environment', message);
}
