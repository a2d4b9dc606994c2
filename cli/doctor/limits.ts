// What bounds the size of a lab: open files, connection tracking, and limits of memory and processor.
import {mkdirSync, readFileSync, rmdirSync} from 'node:fs';
import {join} from 'node:path';
import {readSysctl} from './namespaces.ts';
import {ok, type Row} from './row.ts';

/** A workload costs about eight descriptors: its namespace, its log readers, its listeners in two families. */
const filesPerWorkload = 8;

/** @param limits - the text of /proc/self/limits */
export function openFiles(limits: string): Row {
	const name = 'open files';
	const [, soft, hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(limits) ?? [];
	const most = hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
	const found = `${soft} now, ${hard} at most: about ${Math.floor(most / filesPerWorkload).toLocaleString('en')} workloads`;
	if (most >= 1000 * filesPerWorkload) return ok(name, found);
	return {
		name,
		state: most >= 128 * filesPerWorkload ? 'poor' : 'missing',
		needed: true,
		found,
		off: 'no labs larger than that',
		mend: 'sudo prlimit --pid $$ --nofile=1048576 (for this shell); for good: "* hard nofile 1048576" in /etc/security/limits.conf',
	};
}

/** @param most - net.netfilter.nf_conntrack_max, or undefined where connection tracking is not loaded yet */
export function trackedConnections(most: string | undefined): Row {
	const name = 'tracked connections';
	if (most === undefined) return ok(name, 'the limit is known once a stateful rule is loaded');
	const found = `${Number(most).toLocaleString('en')} at a time, for this whole machine`;
	if (Number(most) >= 32_768) return ok(name, found);
	return {
		name,
		state: 'poor',
		needed: true,
		found,
		off: 'in large labs probes are inconclusive: a full table drops what the policy allows',
		mend: 'sudo sysctl net.netfilter.nf_conntrack_max=262144',
	};
}

/** Makes a cgroup below this process's own (version 2) and removes it. */
export function tryCgroup(): Row {
	const name = 'cgroups';
	const missing = (found: string): Row => ({
		name,
		state: 'missing',
		needed: false,
		found,
		off: 'no limit of memory or processor for real commands in workloads',
		mend: 'systemd-run --user --scope -p Delegate=yes firebreak …, on a machine with cgroup v2',
	});
	const own = /^0::(.*)$/m.exec(readText('/proc/self/cgroup'))?.[1];
	if (own === undefined || !readText('/proc/mounts').includes(' cgroup2 '))
		return missing('this machine has no cgroup v2');
	const mount = /^\S+ (\S+) cgroup2 /m.exec(readText('/proc/mounts'))![1]!;
	const folder = join(mount, own, `firebreak-doctor-${process.pid}`);
	try {
		mkdirSync(folder);
		rmdirSync(folder);
		return ok(name, 'one was made and removed', false);
	} catch (error) {
		return missing(`one could not be made: ${(error as Error).message}`);
	}
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

export const tryLimits = (): readonly Row[] => [
	openFiles(readText('/proc/self/limits')),
	trackedConnections(readSysctl('net/netfilter/nf_conntrack_max')),
	tryCgroup(),
];
