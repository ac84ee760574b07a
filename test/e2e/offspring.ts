import { readdirSync, readFileSync } from 'node:fs';

interface Process {
	pid: string;
	parent: string;
	/** Tells processes apart that had the same id one after the other. */
	started: string;
	command: string;
	environment: string;
}

/** What runs with `mark` in its environment, and what that has started; as Linux tells it. */
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

/** Which of these still run. */
export function alive(names: string[]): string[] {
	return names.filter((name) => processOf(name.split(' ')[0]).some((one) => nameOf(one) === name));
}

function nameOf({ pid, started, command }: Process) {
	return `${pid} ${started} ${command}`;
}

/** Nothing for one that has ended, also if nobody has asked yet how. */
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
