// Makes the workloads' namespaces, owned by a user namespace nested in the engine's: a workload's root owns its own
// network and nothing of the fabric (FACTS: else it edits the fabric through its own veth by IFLA_TARGET_NETNSID).
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {FirebreakError} from '../core/model/failure.ts';
import {openNetns} from './netns.ts';
import {workloadIds} from './rootless.ts';

/** Waits to be told, mounts a place for namespaces that only it sees, makes them, and waits for its end. */
const script = 'mount -t tmpfs none /run && mkdir /run/netns && ip -batch - >&2 && echo ready && exec sleep infinity';

export interface WorkloadNamespaces extends Disposable {
	/** Descriptors of the network namespaces, in order. */
	readonly netns: readonly number[];
	/** Descriptor of the user namespace that owns them: what a workload's shell enters first. */
	readonly user: number;
}

/**
 * `count` network namespaces in one nested user namespace. The descriptors keep them alive; the process that made them
 * ends at once.
 *
 * @throws FirebreakError `no-nested-userns` where the kernel refuses
 */
export async function createNamespaces(count: number, rootless: boolean): Promise<WorkloadNamespaces> {
	await using owner = rootless ? undefined : await mappedOwner();
	const keeper =
		owner === undefined
			? spawn('unshare', ['--user', '--map-root-user', '--mount', '--net', 'sh', '-c', script], {
					stdio: ['pipe', 'pipe', 'pipe'],
				})
			: spawn(
					'nsenter',
					[
						`--user=/proc/${owner.pid}/ns/user`,
						'--setuid=0',
						'--setgid=0',
						'unshare',
						'--mount',
						'--net',
						'sh',
						'-c',
						script,
					],
					{stdio: ['pipe', 'pipe', 'pipe']},
				);
	await ready(keeper, Array.from({length: count}, (_, at) => `netns add ${at}\n`).join(''));
	const base = `/proc/${keeper.pid}`;
	const netns = Array.from({length: count}, (_, at) => openNetns(`${base}/root/run/netns/${at}`));
	const user = openNetns(`${base}/ns/user`);
	keeper.kill('SIGKILL');
	return {netns, user, [Symbol.dispose]: () => undefined};
}

const missingProgram = 'install iproute2 and util-linux';
const tooFew = 'raise sysctl user.max_user_namespaces and user.max_net_namespaces (firebreak doctor says more)';

/** Starts a keeper, feeds it, and waits for its `ready`. */
async function ready(keeper: ChildProcess, input: string): Promise<void> {
	let complaint = '';
	keeper.stderr!.on('data', chunk => (complaint += chunk));
	keeper.stdin!.on('error', () => undefined);
	keeper.stdin!.end(input);
	const lines = createInterface({input: keeper.stdout!});
	const said = await Promise.race([
		once(lines, 'line').then(([line]) => line),
		once(keeper, 'exit'),
		once(keeper, 'error'),
	]);
	if (said !== 'ready') {
		const why = complaint.trim().split('\n')[0] || 'no reason given';
		throw new FirebreakError(
			'no-nested-userns',
			`namespaces for workloads could not be made: ${why}`,
			`${/\b(ip|mount): not found/.test(why) ? missingProgram : tooFew}; without it: --model-only`,
		);
	}
}

/**
 * Where the engine is root: a process in a user namespace whose root is 100000 outside, so that a workload's root is
 * nobody on the host. The map is written from outside, and only who enters afterwards has it (FACTS).
 */
async function mappedOwner(): Promise<{readonly pid: number} & AsyncDisposable> {
	const child = spawn('unshare', ['--user', 'sh', '-c', 'echo ready && exec sleep infinity'], {
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	await ready(child, '');
	const map = `0 ${workloadIds.first} ${workloadIds.count}\n`;
	writeFileSync(`/proc/${child.pid}/uid_map`, map);
	writeFileSync(`/proc/${child.pid}/gid_map`, map);
	return {
		pid: child.pid!,
		async [Symbol.asyncDispose]() {
			child.kill('SIGKILL');
		},
	};
}
