import {isatty} from 'node:tty';
import {type Command, defineCommand} from '../command.ts';
import {withLab} from '../lab/choose-lab.ts';
import {missingProgram} from '../lab/room-program.ts';
import {runInWorkload} from '../lab/run-in-workload.ts';
import {printable} from '../printable.ts';

export const shell: Command = defineCommand({
	name: 'shell',
	takes: '<workload>',
	about:
		'A shell in a workload, as its root: its addresses, names and rules, which it may flush; this machine’s programs, read-only; a home, /tmp, /run and /var of its own, which stay as long as the lab. Nothing of the host, of other labs or of the internet is there.',
	examples: [
		['web-1.prod', 'bash, or sh where there is none; exit or Ctrl-D leaves it'],
		['web-1.prod --lab blue', 'in one of several labs'],
		['web-1.prod < check.sh', 'runs a script of yours there'],
	],
	options: yargs =>
		withLab(
			yargs.positional('workload', {
				type: 'string',
				demandOption: true,
				describe: 'a workload’s name; its kind where it has one replica',
			}),
		),
	run({workload, lab}, io) {
		const terminal = [0, 1].every(isatty) ? 'own' : 'none';
		return runInWorkload(
			{
				workload,
				lab,
				// Of what a container's image has, sh is the likeliest.
				commandFor: runtime => [runtime === 'netns' && missingProgram('bash') === undefined ? 'bash' : 'sh'],
				terminal,
				onEnter(name, {name: entered}) {
					if (terminal === 'own')
						io.err(`root of ${printable(entered)} in the lab ${name}; exit or Ctrl-D leaves, and the lab stays\n`);
				},
			},
			io,
		);
	},
});
