// Whether this machine gives us ids of our own for the workloads, or only those of whoever runs us.
import {readFileSync} from 'node:fs';

/** The ids that root and the others of a workload are outside, where an engine may map them (FACTS "Namespaces"). */
export const workloadIds = {first: 100_000, count: 65_536} as const;

/**
 * Whether an engine can be root only by a user namespace of its own: this process is not root, or it is the root of one
 * (a rootless container, `unshare --map-root-user`) that lacks the workloads' ids.
 *
 * Source: user_namespaces(7), "User and group ID mappings".
 */
export const isRootless = (): boolean =>
	process.getuid?.() !== 0 || !(['uid_map', 'gid_map'] as const).every(name => hasIds(mapOf(name)));

const mapOf = (name: string): string => readFileSync(`/proc/self/${name}`, 'utf8');

/** A line of a map: first id here, first id outside, how many. */
const hasIds = (map: string): boolean =>
	map.split('\n').some(line => {
		const [first = Number.NaN, , count = 0] = line.trim().split(/\s+/).map(Number);
		return first <= workloadIds.first && workloadIds.first + workloadIds.count <= first + count;
	});
