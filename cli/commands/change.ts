import {renderProblem} from '../../core/model/problem.ts';
import {keptAddresses} from '../../core/policy/kept-addresses.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {changeLabTo} from '../lab/change-lab-to.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {whatIsRead, withProfiles} from '../subject-options.ts';

export const change = defineCommand({
	name: 'change',
	takes: '[dir]',
	about:
		'Reads the files of a lab again and makes the running lab what they say: workloads get other labels, come and go. Who stays keeps address, connections and commands. The policy in force stays as it was applied. Whoever is new is under it before its link is up; of who is gone nothing is left that its address would inherit.',
	examples: [
		['', 'the files that the lab came from'],
		['./grown --lab blue', 'those of another folder'],
	],
	options: yargs =>
		withLab(
			withProfiles(yargs.positional('dir', {type: 'string', describe: `${whatIsRead}; left out: the lab’s own`})),
		).option('format', {choices: ['text', 'json'] as const, default: 'text' as const, describe: 'what to print'}),
	run,
});

interface Options {
	readonly dir: string | undefined;
	readonly lab: string | undefined;
	readonly profile: readonly string[];
	readonly format: 'text' | 'json';
}

async function run({dir, lab: asked, profile, format}: Options, io: Io): Promise<ExitCode> {
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const {rehearsal, inForce} = await lab.ask('describe', {});
	const loaded = await loadRehearsal(dir ?? rehearsal.folder, loadOptions([], null, profile));
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io, 'done');
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const next = loaded.value;
	const topology = keptAddresses(rehearsal.topology, next.topology);
	await changeLabTo(lab, {...next, topology}, inForce, {format, io});
	return exitCode.passed;
}
