// Which lab a command is about: the one that `--lab` names, else the only one that is up.

import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Parsed, Problem} from '../../core/model/problem.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {findLabs, joinLab} from '../../lab/labs.ts';
import {labName} from '../../lab/labs-folder.ts';
import type {Argv} from '../command.ts';

/** Adds `--lab` to a command about a lab. */
export const withLab = <Options>(yargs: Argv<Options>) =>
	yargs.option('lab', {type: 'string', describe: 'which lab, where several are up (firebreak ls names them)'});

/**
 * The lab, joined: whoever asked disposes of it.
 *
 * @throws FirebreakError `other-version`, `lab-silent`, `unsafe-folder`
 */
export async function chooseLab(
	asked: string | undefined,
	onEvent?: (event: WatchEvent) => void,
): Promise<Parsed<JoinedLab>> {
	if (asked !== undefined && labName.test(asked)) {
		const lab = await joinLab(asked, onEvent);
		if (lab !== undefined) return {kind: 'ok', value: lab, warnings: []};
	}
	const names = await livingNames();
	if (asked !== undefined) return wrong(noLab(asked, names));
	if (names.length === 0) return wrong({what: 'no lab is up', mend: 'firebreak up shop boots one'});
	if (names.length > 1)
		return wrong({what: `several labs are up: ${names.join(', ')}`, mend: `say which, such as --lab ${names[0]}`});
	const lab = await joinLab(names[0]!, onEvent);
	return lab === undefined
		? wrong({what: `the lab ${names[0]} went down just now`, mend: 'firebreak up shop boots one'})
		: {kind: 'ok', value: lab, warnings: []};
}

/** What to say to somebody who named a lab that is not up. */
export const noLab = (asked: string, names: readonly string[]): Omit<Problem, 'where'> => ({
	what: `no lab named ${plainWord(asked)} is up`,
	mend: names.length === 0 ? 'no lab is; firebreak up shop boots one' : didYouMean(asked, names),
});

/** Sorted; what killed engines left is taken away. */
export async function livingNames(): Promise<readonly string[]> {
	const {living} = await findLabs();
	for (const {found} of living) if (found.kind === 'lab') found.lab[Symbol.dispose]();
	return living.map(({name}) => name);
}

const wrong = (problem: Omit<Problem, 'where'>): Parsed<JoinedLab> => ({
	kind: 'wrong',
	problems: [{where: {file: '--lab', line: 1, column: 1}, ...problem}],
});
