// What a command in a workload knows of whoever runs it.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {Workload} from '../../core/model/topology.ts';
import {roomPath} from '../../lab/enter.ts';

/** Of the caller's environment these, and nothing else: the rest may be secret, and a workload is where attackers are. */
const passed = /^(TERM|COLORTERM|NO_COLOR|LANG|LANGUAGE|LC_[A-Z]+)$/;

/** Where ncurses looks in a room (terminfo(5)). */
const terminals = ['/etc/terminfo', '/lib/terminfo', '/usr/share/terminfo'];

/**
 * The whole environment of a command in `workload` of the lab `lab`: the variables that its topology gives it, terminal and
 * locale of the caller, and who and where it is. A terminal that only the caller's home describes is called by the name of
 * the commonest.
 */
export function roomEnvironment(
	lab: string,
	{name, variables}: Pick<Workload, 'name' | 'variables'>,
	caller: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
	const kept = Object.fromEntries(
		Object.entries(caller).filter(
			(entry): entry is [string, string] => entry[1] !== undefined && passed.test(entry[0]),
		),
	);
	const term = kept.TERM;
	if (term !== undefined && !isDescribed(term)) kept.TERM = 'xterm-256color';
	return {
		...variables,
		...kept,
		HOME: '/root',
		USER: 'root',
		PATH: roomPath,
		// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell puts in what they stand for
		PS1: '${FIREBREAK_WORKLOAD} [${FIREBREAK_LAB}] # ',
		FIREBREAK_LAB: lab,
		FIREBREAK_WORKLOAD: name,
	};
}

const isDescribed = (term: string): boolean =>
	/^[\w+.-]+$/.test(term) && terminals.some(folder => existsSync(join(folder, term[0]!, term)));
