// The words by which commands that read one policy say which: `--in DIR --candidate NAME`.
import type {Argv} from './command.ts';

/** What may stand where a rehearsal is asked for. */
export const whatIsRead =
	'a folder, a rehearsal.yaml, Kubernetes manifests, a Compose or containerlab file, a ready name, or - for one of these files on standard input';

/** Adds `--profile`, which every command has that may read a Compose file. */
export const withProfiles = <Options>(yargs: Argv<Options>) =>
	yargs.option('profile', {
		type: 'string',
		array: true,
		// Else it would take the folder behind it too.
		nargs: 1,
		default: [] as string[],
		describe: 'a profile of a Compose file that is on; several times, or * for all',
	});

/** Adds `--in` and `--candidate` to a command that takes other positionals. */
export const withSubject = <Options>(yargs: Argv<Options>) =>
	withProfiles(
		yargs
			.option('in', {type: 'string', default: '.', describe: whatIsRead})
			.option('candidate', {type: 'string', describe: 'which policy, where there are several'}),
	);

/** Adds what every command takes that runs scenarios: `[dir]`, and which candidates and scenarios of it. */
export const withRehearsal = <Options>(yargs: Argv<Options>) =>
	withProfiles(
		yargs
			.positional('dir', {type: 'string', default: '.', describe: whatIsRead})
			.option('candidate', {type: 'string', array: true, describe: 'only these candidates (and the control)'})
			.option('scenario', {
				type: 'string',
				array: true,
				describe: 'these scenarios: names of the rehearsal or the catalogue, or files',
			}),
	);

/** Adds `--runtime` to what boots a lab. */
export const withRuntime = <Options>(yargs: Argv<Options>) =>
	yargs.option('runtime', {
		choices: ['netns', 'docker'] as const,
		describe:
			'what gives workloads their namespaces: netns (no root, no images) or docker (containers, needs root); left out: what the topology says',
	});
