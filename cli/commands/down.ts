import type {Problem} from '../../core/model/problem.ts';
import {takeDown} from '../../lab/labs.ts';
import {labName} from '../../lab/labs-folder.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {livingNames, noLab} from '../lab/choose-lab.ts';
import {reportProblems} from '../problems.ts';

export const down = defineCommand({
	name: 'down',
	takes: '[labs..]',
	several: true,
	about:
		'Takes labs down, whatever they are doing: their workloads, rules and connections, and the commands that run in them. It waits until they are gone.',
	examples: [
		['shop', 'one lab'],
		['--all', 'every lab of yours'],
	],
	options: yargs =>
		yargs
			.positional('labs', {type: 'string', array: true, default: [] as string[], describe: 'names of labs'})
			.option('all', {type: 'boolean', default: false, describe: 'every lab that is up'}),
	run,
});

async function run({labs, all}: {readonly labs: readonly string[]; readonly all: boolean}, io: Io): Promise<ExitCode> {
	const names = await livingNames();
	const problems = all ? [] : problemsOf(labs, names);
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	const wanted = all ? names : [...new Set(labs)];
	if (wanted.length === 0) io.err('no lab is up\n');
	for (const name of wanted) {
		const ms = await takeDown(name);
		if (ms !== undefined) io.out(`${name} is down (${Math.ceil(ms)} ms)\n`);
	}
	return exitCode.passed;
}

function problemsOf(asked: readonly string[], names: readonly string[]): readonly Problem[] {
	const where = {file: 'down', line: 1, column: 1};
	if (asked.length === 0)
		return [
			{
				where,
				what: 'no lab is named',
				mend: names.length === 0 ? 'none is up' : `firebreak down ${names[0]}, or --all`,
			},
		];
	return asked
		.filter(name => !names.includes(name) || !labName.test(name))
		.map(name => ({where, ...noLab(name, names)}));
}
