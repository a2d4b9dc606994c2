// A room: what a workload's commands see besides its network. Mount, pid, uts, ipc and cgroup namespaces of its own, which
// belong to the engine's user namespace, so that a workload's root, who owns its network alone, can neither mount nor
// unmount anything there (mount_namespaces(7); FACTS "Namespaces").
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync, readFileSync} from 'node:fs';
import {release} from 'node:os';
import {FirebreakError} from '../core/model/failure.ts';
import {must} from './libc.ts';
import {roomScript} from './room-script.ts';
import {workloadIds} from './rootless.ts';

const CLONE_NEWUTS = 0x04000000;
/** As /proc/PID/ns has them. */
const kinds = ['mnt', 'pid', 'uts', 'ipc', 'cgroup'] as const;
/** Longer is no hostname of Linux (uname(2)). */
const longestHostname = 64;

export interface RoomInput {
	/** Descriptors of the workload's network namespace, and of the user namespace that owns it. */
	readonly netns: number;
	readonly user: number;
	readonly rootless: boolean;
	readonly hostname: string;
	/** Text of /etc/hosts. */
	readonly hosts: string;
	/** What stands in /etc/resolv.conf besides the name server, 127.0.0.53; may be empty. */
	readonly search: string;
}

export interface Room extends Disposable {
	/** Its first process, as this process sees it. */
	readonly pid: number;
	/** Descriptors of its namespaces, that keep them alive; of the pid namespace only as long as `ended` is pending. */
	readonly namespaces: Readonly<Record<(typeof kinds)[number], number>>;
	/** When its first process is gone, and with it all that ran in the room. */
	readonly ended: Promise<void>;
}

/**
 * Makes a room, which ends with this process, when it is disposed of, or when its own root ends its first process.
 *
 * It sees of the host /usr, /opt, /nix and what a program needs of /etc, all read-only; an empty home, /tmp, /run and /var
 * of limited size; a /proc of its own; no /sys; six devices.
 *
 * @throws FirebreakError `no-room` with what the kernel or a program said
 */
export async function makeRoom({netns, user, rootless, hostname, hosts, search}: RoomInput): Promise<Room> {
	const name = hostname.slice(0, longestHostname);
	const [owner, how] = rootless
		? ['0', '--preserve-credentials']
		: [String(workloadIds.first), '--setuid=0 --setgid=0'];
	const child = spawn(
		'nsenter',
		[
			...[
				'--net=/proc/self/fd/4',
				'unshare',
				'--mount',
				'--pid',
				'--uts',
				'--ipc',
				'--cgroup',
				'--fork',
				'--kill-child',
			],
			...['sh', '-c', roomScript, 'room', owner, how, search, name, mostProcesses()],
		],
		{stdio: ['pipe', 'pipe', 'pipe', user, netns], cwd: '/', env: {PATH: path}},
	);
	const ended = once(child, 'close').then(
		() => undefined,
		() => undefined,
	);
	let complaint = '';
	child.stderr!.on('data', chunk => (complaint += chunk));
	child.stdin!.on('error', () => undefined).end(hosts);
	const said = await Promise.race([
		once(child.stdout!, 'data').then(([chunk]) => String(chunk)),
		once(child, 'close').then(
			() => 'ended',
			error => String(error),
		),
	]);
	if (said !== 'ready\n') throw noRoom(hostname, complaint.trim().split('\n').at(-1) || said);
	const pid = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
	const namespaces = Object.fromEntries(
		kinds.map(kind => [kind, openSync(`/proc/${pid}/ns/${kind}`, 'r')]),
	) as Room['namespaces'];
	nameHost(namespaces.uts, name);
	let disposed = false;
	const close = (): void => {
		if (!disposed) for (const descriptor of Object.values(namespaces)) closeSync(descriptor);
		disposed = true;
	};
	ended.then(close);
	return {
		pid: Number(pid),
		namespaces,
		ended,
		[Symbol.dispose]: () => void child.kill('SIGKILL'),
	};
}

/**
 * Since Linux 6.14 a pid namespace has a limit of its own, and a fork bomb fills its room and no other. Before, the same
 * file is the whole machine's, and nothing is written there.
 */
function mostProcesses(): string {
	const [major = 0, minor = 0] = release()
		.split('.')
		.map(part => Number.parseInt(part, 10));
	return major > 6 || (major === 6 && minor >= 14) ? '1024' : '';
}

const path = '/usr/sbin:/usr/bin:/sbin:/bin';

/** Not by hostname(1), which a machine may lack. Source: setns(2), for one thread; sethostname(2). */
function nameHost(uts: number, hostname: string): void {
	const back = openSync('/proc/thread-self/ns/uts', 'r');
	const bytes = Buffer.from(hostname);
	try {
		must('setns', uts, CLONE_NEWUTS);
		try {
			must('sethostname', `${hostname}\0`, bytes.length);
		} finally {
			must('setns', back, CLONE_NEWUTS);
		}
	} finally {
		closeSync(back);
	}
}

const noRoom = (hostname: string, why: string): FirebreakError =>
	new FirebreakError(
		'no-room',
		`no room could be made for ${hostname}: ${why}`,
		'it needs mount, pivot_root, nsenter and unshare of util-linux, and sysctl user.max_mnt_namespaces',
	);
