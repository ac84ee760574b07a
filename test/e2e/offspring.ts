import { readdirSync, readFileSync } from 'node:fs';

interface Process {
	pid: string;
	parent: string;
	/** Distinguishes processes that had the same id at different times. */
	started: string;
	command: string;
	environment: string;
}

/**
 * Returns the processes with `mark` in their environment and their child processes, as Linux lists
 * them.
 */
export function offspring(mark: string): string[] {
	const all = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap(processOf);
	const found = new Set(all.filter(({ environment }) => environment.includes(mark)));
	for (let before = -1; before < found.size; ) {
		before = found.size;
		const parents = new Set([...found].map(({ pid }) => pid));
		for (const one of all) if (parents.has(one.parent)) found.add(one);
	}
	return [...found].map(nameOf);
}

/** Returns those that still run. */
export function alive(names: string[]): string[] {
	return names.filter((name) => processOf(name.split(' ')[0]).some((one) => nameOf(one) === name));
}

function nameOf({ pid, started, command }: Process) {
	return `${pid} ${started} ${command}`;
}

/** Returns nothing if the process has ended, even if its exit status has not been read yet. */
function processOf(pid: string): Process[] {
	try {
		const [, command, rest] = /\((.*)\) (.*)/s.exec(read(pid, 'stat')) ?? [];
		const [state, parent, ...more] = rest.split(' ');
		const environment = read(pid, 'environ');
		return state === 'Z' ? [] : [{ pid, parent, started: more[17], command, environment }];
	} catch {
		return [];
	}
}

function read(pid: string, what: string) {
	return readFileSync(`/proc/${pid}/${what}`, 'utf8');
}
