// How a client runs a command in a workload: by nsenter(1), with its own terminal, standard streams and environment.
import type {Entry} from './protocol.ts';

/**
 * The words that run `words` as root of the workload: in its network, as root of the user namespace that owns that and
 * nothing else, and among the engine's processes, so that the kernel ends the command with the lab. The host's file system
 * is there as it is, with the rights of whoever runs this (a root's lab: of nobody).
 *
 * nsenter(1) makes a process to be among others, and waits for it. Ctrl-C is told to both by the terminal, and is the
 * command's alone: the first `env` has those who wait not hear it, the last gives the command its own ears back.
 */
export const enterWords = ({pid, user, netns, rootless}: Entry, words: readonly string[]): readonly string[] => [
	'env',
	'--ignore-signal=INT,QUIT',
	'nsenter',
	...(rootless ? [`--user=/proc/${pid}/ns/user`, '--preserve-credentials'] : []),
	`--pid=/proc/${pid}/ns/pid`,
	'nsenter',
	`--user=/proc/${pid}/fd/${user}`,
	...(rootless ? ['--preserve-credentials'] : []),
	`--net=/proc/${pid}/fd/${netns}`,
	'env',
	'--default-signal=INT,QUIT',
	...words,
];
