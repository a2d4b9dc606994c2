// How a command runs in a workload's room: by nsenter(1), through descriptors of the engine.
import {readFileSync} from 'node:fs';
import type {Entry} from './protocol.ts';

/** Processes of one lab's commands together, so that a fork bomb meets an end (setrlimit(2), RLIMIT_NPROC). */
const mostProcesses = 2048;

/** Where programs lie in a room. */
export const roomPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * What those who wait for the command do not end by: all that its caller passes on to it, or, where it has a terminal of
 * its own, what that sends. Whoever takes the terminal away ends those who wait, and the kernel hangs up on the command.
 */
const signals = {none: 'INT,QUIT,TERM,HUP', own: 'INT,QUIT'} as const;

/**
 * What a workload's root may of its own network, files and processes (capabilities(7)). Not CAP_SYS_ADMIN: all workloads of
 * a lab have one user namespace, and with it a workload's root could enter another's network once it has hold of it, which
 * since Linux 6.18 a file handle of nsfs gives (open_by_handle_at(2)).
 */
const capabilities = [
	...['chown', 'dac_override', 'fowner', 'fsetid', 'kill', 'setgid', 'setuid', 'setpcap', 'setfcap', 'mknod'],
	...['net_admin', 'net_raw', 'net_bind_service', 'net_broadcast', 'sys_chroot', 'sys_nice', 'sys_resource'],
	...['ipc_lock', 'audit_write'],
];

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
	/** `own`: its terminal is its own, which ends with whoever made it. Left out: `none`. */
	readonly terminal?: keyof typeof signals;
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
	{environment, terminal = 'none', from = 'client'}: EnterOptions,
): readonly string[] {
	const at = (descriptor: number): string => `/proc/${pid}/fd/${descriptor}`;
	const variables = Object.entries(environment).filter(([name]) => /^[A-Za-z_]\w*$/.test(name));
	return [
		'env',
		`--ignore-signal=${signals[terminal]}`,
		...(rootless && from === 'client' ? ['nsenter', `--user=/proc/${pid}/ns/user`, '--preserve-credentials'] : []),
		'nsenter',
		...Object.entries(room).map(([kind, descriptor]) => `--${option[kind as keyof typeof room]}=${at(descriptor)}`),
		`--net=${at(netns)}`,
		`--user=${at(user)}`,
		...(rootless ? ['--preserve-credentials'] : ['--setuid=0', '--setgid=0']),
		'setpriv',
		`--bounding-set=-all,+${capabilities.join(',+')}`,
		'prlimit',
		`--nproc=${Math.min(mostProcesses, ownLimit())}`,
		'--core=0',
		'env',
		'-i',
		`--default-signal=${signals.none}`,
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
