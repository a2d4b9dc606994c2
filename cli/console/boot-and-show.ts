// The console on a lab: the one that is up, or one that is booted for it. Loaded where it is wanted: a recording is played
// where no lab can be.
import {renderProblem} from '../../core/model/problem.ts';
import {labName} from '../../lab/labs-folder.ts';
import {chooseRuntime} from '../../rehearsals/choose-runtime.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {askedIo} from '../ascii-io.ts';
import type {ConsoleOptions} from '../commands/console.ts';
import type {ExitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {bootShown} from '../lab/boot-shown.ts';
import {chooseLab, livingNames} from '../lab/choose-lab.ts';
import {nameOfLab} from '../lab/name-of-lab.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {showLab} from './show-lab.ts';

export async function bootAndShow(options: ConsoleOptions, io: Io): Promise<ExitCode> {
	const {source} = options;
	if (source === undefined || (labName.test(source) && (await livingNames()).includes(source))) {
		const chosen = await chooseLab(source);
		if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
		chosen.value[Symbol.dispose]();
		return showLab({name: chosen.value.name, own: false}, options, io);
	}
	const loaded = await loadRehearsal(source, loadOptions());
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io);
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const running = chooseRuntime(loaded.value, undefined);
	if (running.kind === 'wrong') return reportProblems(running.problems, io);
	const {rehearsal, runtime} = running.value;
	const name = nameOfLab(rehearsal.name);
	const [candidate] = rehearsal.candidates;
	await bootShown({lab: name, rehearsal, candidate: candidate!, runtime}, askedIo(io, options));
	return showLab({name, own: true}, options, io);
}
