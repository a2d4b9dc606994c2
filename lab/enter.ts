// How a command runs in a workload's room: by nsenter(1), through descriptors of the engine.
import {readFileSync} from 'node:fs';
import type {Entry} from './protocol.ts';

/** Processes of one lab's commands together, so that a fork bomb meets an end (setrlimit(2), RLIMIT_NPROC). */
const mostProcesses = 2048;

/** Where programs lie in a room. */
export const roomPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What only a terminal's or a caller's signals tell, and what those who wait for the command must not end by. */
const signals = 'INT,QUIT,TERM,HUP';

/**
 * The first to be ended where memory runs out (proc_pid_oom_score_adj(5)). The shell stays between, since it says of a
 * command that a signal ended what shells say, 128 and its number; nsenter(1) cannot where it ignores that signal itself.
 */
const script = `{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
trap : INT QUIT TERM HUP
"$@"
exit $?`;

export interface EnterOptions {
	/** All that the command knows of its caller. Names that no shell could set are left out. */
	readonly environment: Readonly<Record<string, string>>;
	/** Who runs it: a client, from its own namespaces, or the engine itself. */
	readonly from?: 'client' | 'engine';
}

/**
 * The words that run `words` as root of the workload: in its room, in its network, and as root of the user namespace that
 * owns that network and nothing else. It ends with the lab.
 *
 * Where the lab is rootless the engine's user namespace comes first, for only its root may enter what it owns; the
 * workload's comes last, since whoever is in that may enter nothing more (user_namespaces(7)). Descriptors are opened
 * before the file system changes.
 */
export function enterWords(
	{pid, user, netns, rootless, room}: Entry,
	words: readonly string[],
	{environment, from = 'client'}: EnterOptions,
): readonly string[] {
	const at = (descriptor: number): string => `/proc/${pid}/fd/${descriptor}`;
	const variables = Object.entries(environment).filter(([name]) => /^[A-Za-z_]\w*$/.test(name));
	return [
		'env',
		`--ignore-signal=${signals}`,
		...(rootless && from === 'client' ? ['nsenter', `--user=/proc/${pid}/ns/user`, '--preserve-credentials'] : []),
		'nsenter',
		...Object.entries(room).map(([kind, descriptor]) => `--${option[kind as keyof typeof room]}=${at(descriptor)}`),
		`--net=${at(netns)}`,
		`--user=${at(user)}`,
		...(rootless ? ['--preserve-credentials'] : ['--setuid=0', '--setgid=0']),
		'prlimit',
		`--nproc=${Math.min(mostProcesses, ownLimit())}`,
		'--core=0',
		'env',
		'-i',
		`--default-signal=${signals}`,
		'--chdir=/root',
		...variables.map(([name, value]) => `${name}=${value}`),
		...['sh', '-c', script, 'sh', ...words],
	];
}

/** As nsenter(1) names them. */
const option = {mnt: 'mount', pid: 'pid', uts: 'uts', ipc: 'ipc', cgroup: 'cgroup'} as const;

/** A limit may be lowered by everybody and raised by nobody. */
function ownLimit(): number {
	const [, hard] = /^Max processes +\S+ +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
	const most = Number(hard);
	return Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
}
