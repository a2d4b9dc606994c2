import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import {enterWords} from '../../lab/enter.ts';
import {type Command, defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {chooseWorkload} from '../lab/choose-workload.ts';
import {commandPath, runAttached} from '../lab/run-attached.ts';
import {reportProblems} from '../problems.ts';

/** `firebreak exec WORKLOAD -- CMD…`: what stands behind `--` is the command's, whatever it looks like. */
export const exec: Command = {
	async run(words, io) {
		const at = words.indexOf('--');
		const [own, command] = at < 0 ? [words, []] : [words.slice(0, at), words.slice(at + 1)];
		return execOf(command).run(own, io);
	},
};

const execOf = (command: readonly string[]): Command =>
	defineCommand({
		name: 'exec',
		takes: '<workload>',
		about:
			'Runs a command of this machine in the network of a workload: it has the workload’s addresses and routes, obeys its rules, and is root there and nowhere else. It sees this machine’s files with your rights (in a lab of root: with nobody’s). Terminal, standard streams and exit code pass through; it ends with the lab.',
		examples: [
			['web-1.prod -- ip address', 'the addresses of a workload'],
			["web-1.prod --lab blue -- sh -c 'nc -z 10.0.3.1 5432'", 'in one of several labs'],
			['db.prod -- bash', 'a shell, with your file system'],
		],
		options: yargs =>
			withLab(
				yargs.positional('workload', {
					type: 'string',
					demandOption: true,
					describe: 'a workload’s name; its kind where it has one replica',
				}),
			),
		run: (options, io) => run(options, command, io),
	});

interface Options {
	readonly workload: string;
	readonly lab: string | undefined;
}

async function run({workload, lab: asked}: Options, command: readonly string[], io: Io): Promise<ExitCode> {
	if (command.length === 0)
		return reportProblems(
			[problem('no command is named', `firebreak exec ${plainWord(workload)} -- ip address`)],
			io,
			'done',
		);
	if (!isProgram(command[0]!))
		return reportProblems([problem(`this machine has no program ${plainWord(command[0]!)}`, '')], io, 'done');
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const {rehearsal} = await lab.ask('describe', {});
	const named = chooseWorkload(workload, rehearsal.topology, 'exec');
	if (typeof named !== 'string') return reportProblems([named], io, 'done');
	const entry = await lab.ask('enter', {workload: named, words: command});
	const environment = {FIREBREAK_LAB: lab.name, FIREBREAK_WORKLOAD: named};
	const code = await runAttached(enterWords(entry, command), environment, io, lab.gone);
	if (code === null) {
		io.err(`the lab ${lab.name} is gone\n`);
		return exitCode.cannot;
	}
	return code as ExitCode;
}

/** What has a slash is left to whoever starts it. */
const isProgram = (word: string): boolean =>
	word.includes('/') ||
	commandPath()
		.split(':')
		.some(folder => existsSync(join(folder, word)));

const problem = (what: string, mend: string): Problem => ({where: {file: 'exec', line: 1, column: 1}, what, mend});
