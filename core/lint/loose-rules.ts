// What each rule opens that nothing needs: by kinds of workload and the services that listen, as `core/measure/looseness`
// counts a whole policy.
import type {Flow} from '../model/flow.ts';
import type {Workload} from '../model/topology.ts';
import {hasPort, intersection, type PortSet} from '../reach/port-set.ts';
import {membersOf} from './bit-set.ts';
import type {EndView, Meeting} from './end-view.ts';
import {endAt, flowOf, kindsIn, type LintEnd} from './ends.ts';
import type {LintCase} from './lint-case.ts';
import {neededBy} from './needed.ts';
import type {WrittenRule} from './subject.ts';

export interface Loose {
	readonly written: WrittenRule;
	/** Flows of (source kind, destination kind, service) that the rule lets arrive, and those of them that nothing needs. */
	readonly allowed: number;
	readonly unneeded: number;
	/** False where there were more to count. */
	readonly complete: boolean;
	/** One of those that nothing needs. */
	readonly first: Flow;
}

/** Flows that are counted for one rule. */
const mostFlows = 200_000;

interface Count {
	readonly allowed: Set<string>;
	readonly unneeded: Set<string>;
	first: Flow | undefined;
	complete: boolean;
}

/** The widest first. */
export function looseRules(linted: LintCase): readonly Loose[] {
	const counts = new Map<string, Count>();
	const isNeeded = neededBy(linted.topology);
	for (const view of linted.views)
		for (const end of view.ends) {
			if (linted.view(view.direction, end) !== view) continue;
			for (const group of view.groups)
				for (const meeting of [...group.guardrails, ...group.rules, ...group.baseline]) {
					if (meeting.step.action !== 'allow' || meeting.decides.length === 0) continue;
					const {id} = meeting.step.ref;
					const count = counts.get(id) ?? {allowed: new Set(), unneeded: new Set(), first: undefined, complete: true};
					counts.set(id, count);
					for (const peer of membersOf(group.peers))
						countPair({linted, view, end, peer: linted.ends.all[peer]!, meeting, count, isNeeded});
				}
		}
	return [...counts]
		.flatMap(([id, {allowed, unneeded, first, complete}]) =>
			first === undefined
				? []
				: [{written: linted.written(id)!, allowed: allowed.size, unneeded: unneeded.size, complete, first}],
		)
		.sort((a, b) => b.unneeded - a.unneeded);
}

interface Pair {
	readonly linted: LintCase;
	readonly view: EndView;
	readonly end: LintEnd;
	readonly peer: LintEnd;
	readonly meeting: Meeting;
	readonly count: Count;
	readonly isNeeded: (flow: Flow) => boolean;
}

/** The rule that lets a flow in is the receiver's; the sender's only where nobody judges at the receiver. */
function countPair({linted, view, end, peer, meeting, count, isNeeded}: Pair): void {
	const inward = view.direction === 'ingress';
	const [sources, destinations] = inward ? [peer, end] : [end, peer];
	if (!inward && linted.view('ingress', peer) != null) return;
	const far: PortSet | null = inward ? linted.side('egress', peer, end) : null;
	const ports = far === null ? meeting.decides : intersection(far, meeting.decides);
	for (const to of ports.length === 0 ? [] : kindsIn(destinations)) {
		const services = to.assumed ? [] : listening(to, ports);
		for (const from of services.length === 0 ? [] : kindsIn(sources)) {
			if (count.allowed.size >= mostFlows) count.complete = false;
			if (!count.complete) return;
			if (from.assumed || from.kind === to.kind) continue;
			for (const {port, protocol, name} of services) {
				const flow = flowOf(endAt(sources, from), endAt(destinations, to), {protocol, port});
				if (flow === undefined) continue;
				const key = `${from.kind} ${to.kind} ${name}`;
				count.allowed.add(key);
				if (isNeeded(flow)) continue;
				count.unneeded.add(key);
				count.first ??= flow;
			}
		}
	}
}

const listening = ({services}: Workload, ports: PortSet): Workload['services'] =>
	services.filter(({protocol, port}) => hasPort(ports, protocol, port));
