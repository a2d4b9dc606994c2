import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {enterWords} from '../../lab/enter.ts';
import {type Command, defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {commandPath, runAttached} from '../lab/run-attached.ts';
import {runInContainer} from '../lab/run-in-container.ts';
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
			'Runs a command of this machine in the network of a workload: it has the workload’s addresses and routes, obeys its rules, and is root there and nowhere else. It sees this machine’s files with your rights (in a lab of root: with nobody’s). Terminal, standard streams and exit code pass through; it ends with the lab. In a lab of containers it is a command of the container’s, with the container’s files and rights.',
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
	const unknown = isProgram(command[0]!) ? [] : [problem(`this machine has no program ${plainWord(command[0]!)}`, '')];
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems([...unknown, ...chosen.problems], io, 'done');
	using lab = chosen.value;
	const {rehearsal, runtime} = await lab.ask('describe', {});
	// Which programs a container has only its image knows.
	if (runtime === 'netns' && unknown.length > 0) return reportProblems(unknown, io, 'done');
	const named = workloadOf(workload, rehearsal.topology);
	if (typeof named !== 'string') return reportProblems([named], io, 'done');
	const entry = await lab.ask('enter', {workload: named, words: command});
	const environment = {FIREBREAK_LAB: lab.name, FIREBREAK_WORKLOAD: named};
	const code =
		'container' in entry
			? await runInContainer(entry, {words: command, environment}, io, lab.gone)
			: await runAttached(enterWords(entry, command), environment, io, lab.gone);
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

function workloadOf(asked: string, {workloads}: Topology): string | Problem {
	const found = workloads.filter(({name}) => name === asked);
	const alike = found.length > 0 ? found : workloads.filter(({kind, base}) => kind === asked || base === asked);
	if (alike.length === 1) return alike[0]!.name;
	const names = workloads.map(({name}) => name);
	return alike.length > 1
		? problem(
				`${plainWord(asked)} is several workloads: ${alike.map(({name}) => name).join(', ')}`,
				`name one, such as ${alike[0]!.name}`,
			)
		: problem(`there is no workload ${plainWord(asked)}`, didYouMean(asked, names));
}

const problem = (what: string, mend: string): Problem => ({where: {file: 'exec', line: 1, column: 1}, what, mend});
