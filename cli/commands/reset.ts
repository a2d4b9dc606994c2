import {control, rulesetsFor} from '../../rehearsals/rulesets.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {reportProblems} from '../problems.ts';

export const reset = defineCommand({
	name: 'reset',
	takes: '',
	about:
		'Makes a lab as it was when it came up under no policy: the rules of the control, no conversation of a service left, nothing compromised, counters at nought. Commands that run in workloads go on.',
	examples: [['--lab blue', 'one of several labs']],
	options: yargs => withLab(yargs),
	run,
});

async function run({lab: asked}: {readonly lab: string | undefined}, io: Io): Promise<ExitCode> {
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const {rehearsal} = await lab.ask('describe', {});
	const {applyMs} = await lab.ask('reset', {
		rulesets: rulesetsFor(lab.name, rehearsal.topology, control),
		inForce: {...control, observed: false},
	});
	io.out(`${lab.name} is as it was at the start: no policy is in force (${Math.ceil(applyMs)} ms)\n`);
	return exitCode.passed;
}
