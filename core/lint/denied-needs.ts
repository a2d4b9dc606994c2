// Dependencies that the policy stops, flow by flow, with the rule that does.
import type {Dependency, Workload} from '../model/topology.ts';
import {hasPort} from '../reach/port-set.ts';
import {endAt, flowOf, type LintEnd} from './ends.ts';
import type {Witness} from './finding.ts';
import type {LintSubject} from './subject.ts';
import {witnessed} from './witness.ts';

export interface DeniedNeed {
	readonly dependency: Dependency;
	/** The first of the denied flows. */
	readonly witness: Witness;
	/** Pairs of ends that are denied, and all that there are: replicas that no rule tells apart are one. */
	readonly denied: number;
	readonly of: number;
}

export function deniedNeeds(subject: LintSubject): readonly DeniedNeed[] {
	const members = Map.groupBy(subject.topology.workloads, ({kind}) => kind);
	const endsOf = (kind: string): readonly LintEnd[] => distinct(subject, members.get(kind) ?? []);
	return subject.topology.dependencies.flatMap((dependency): readonly DeniedNeed[] => {
		const {from, to, protocol, port, dangling} = dependency;
		if (dangling) return [];
		const flows = endsOf(from).flatMap(source =>
			endsOf(to).flatMap(destination => {
				const flow = flowOf(source, destination, {protocol, port});
				return flow === undefined ? [] : [{source, destination, flow}];
			}),
		);
		const denied = flows
			.filter(({source, destination}) => !hasPort(subject.open(source, destination), protocol, port))
			.flatMap(({flow}) => {
				const verdict = subject.verdict(flow);
				return verdict.action === 'deny' ? [witnessed(flow, verdict)] : [];
			});
		return denied[0] === undefined ? [] : [{dependency, witness: denied[0], denied: denied.length, of: flows.length}];
	});
}

/** The ends of these workloads; of those that no rule tells apart one (two, for flows among themselves, are not needed). */
function distinct({ends}: LintSubject, workloads: readonly Workload[]): readonly LintEnd[] {
	const found = new Map<LintEnd, LintEnd>();
	for (const workload of workloads)
		for (const end of ends.of(workload.name)) if (!found.has(end)) found.set(end, endAt(end, workload));
	return [...found.values()];
}
