// What the two ends of a flow have in common. Source: LANGUAGE "Relations".
import type {Match} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {labelOf} from './selector.ts';

/**
 * The values of a relation's key at one end; none where it lacks the key. `network` has one for each segment that the
 * workload lies in; `workload` is the kind, so that replicas of one workload in one environment are the same.
 */
export function relationValues(key: string, workload: Workload): readonly string[] {
	if (key === 'network') return workload.segments;
	if (key === 'workload') return [workload.kind];
	const value = key === 'env' ? (workload.environment ?? undefined) : labelOf(workload.labels, key);
	return value === undefined ? [] : [value];
}

/**
 * Whether `same` and `differ` hold between two ends: every key of `same` is at both ends with a value in common, and
 * some key of `differ`, if it names any, is at both ends with none in common. An end without the key, or that no
 * workload owns (null), is neither same nor different.
 */
export function related({same, differ}: Match, source: Workload | null, destination: Workload | null): boolean {
	if (same.length === 0 && differ.length === 0) return true;
	if (source === null || destination === null) return false;
	return (
		same.every(key => compare(key, source, destination) === 'same') &&
		(differ.length === 0 || differ.some(key => compare(key, source, destination) === 'different'))
	);
}

function compare(key: string, source: Workload, destination: Workload): 'same' | 'different' | 'neither' {
	const left = relationValues(key, source);
	const right = relationValues(key, destination);
	if (left.length === 0 || right.length === 0) return 'neither';
	return left.some(value => right.includes(value)) ? 'same' : 'different';
}
