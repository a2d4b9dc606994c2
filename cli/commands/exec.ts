import {isatty} from 'node:tty';
import {plainWord} from '../../core/files/plain-word.ts';
import {type Command, defineCommand} from '../command.ts';
import {withLab} from '../lab/choose-lab.ts';
import {runInWorkload} from '../lab/run-in-workload.ts';
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
			'Runs a command in a workload: with its addresses, its routes, its names (hosts and DNS of the lab) and its rules, as root there and nowhere else. Of this machine’s files it sees programs alone (/usr, /opt, /nix, read-only), of your environment TERM and the locale. Streams and exit code pass through; at a terminal it has one of its own. It ends with the lab. In a lab of containers it is a command of the container’s, with the container’s files and rights.',
		examples: [
			['web-1.prod -- ip address', 'the addresses of a workload'],
			["web-1.prod --lab blue -- sh -c 'nc -z db.prod 5432'", 'in one of several labs'],
			['db.prod -- sh -s < check.sh', 'a script of yours: files of your home are not there'],
		],
		options: yargs =>
			withLab(
				yargs.positional('workload', {
					type: 'string',
					demandOption: true,
					describe: 'a workload’s name; its kind where it has one replica',
				}),
			),
		async run({workload, lab}, io) {
			if (command.length === 0) {
				const mend = `firebreak exec ${plainWord(workload)} -- ip address`;
				return reportProblems(
					[{where: {file: 'exec', line: 1, column: 1}, what: 'no command is named', mend}],
					io,
					'done',
				);
			}
			const terminal = [0, 1, 2].every(isatty) ? 'own' : 'none';
			return runInWorkload({workload, lab, commandFor: () => command, terminal}, io);
		},
	});
