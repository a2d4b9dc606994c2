import type {Placement, Stack} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {everyPort, samePorts} from '../reach/port-set.ts';
import {meet} from './bit-set.ts';
import type {EndView} from './end-view.ts';
import type {LintEnd} from './ends.ts';
import {lintSubject} from './subject.ts';

/**
 * Whether every end says the same of every flow under both stacks, in force and as if what observes were: what a change
 * that is no change has to show.
 */
export function haveSameVerdicts(
	topology: Topology,
	placement: Placement,
	[before, after]: readonly [Stack, Stack],
): boolean {
	const subject = (stack: Stack, beside: Stack) => lintSubject({topology, stack, placement, today: ''}, beside);
	const [old, now] = [subject(before, after), subject(after, before)];
	return (['in-force', 'as-if'] as const).every(kind =>
		(['egress', 'ingress'] as const).every(direction =>
			old.ends.all.every((end, index) =>
				agree(old.view(direction, end, kind), now.view(direction, now.ends.all[index] as LintEnd, kind)),
			),
		),
	);
}

type View = EndView | null | undefined;

function agree(old: View, now: View): boolean {
	if (old === null || now === null) return old === now;
	if (old === undefined || now === undefined)
		return (old ?? now)?.groups.every(({allowed}) => samePorts(allowed, everyPort)) ?? true;
	return old.groups.every(was =>
		now.groups.every(is => !meet(was.peers, is.peers) || samePorts(was.allowed, is.allowed)),
	);
}
