// Flows that show a finding. A flow is shown only where the evaluator says of it what the finding says.
import type {Flow} from '../model/flow.ts';
import type {Verdict} from '../model/policy.ts';
import {hasPort, type PortSet, rangesOf} from '../reach/port-set.ts';
import {membersOf} from './bit-set.ts';
import type {EndView} from './end-view.ts';
import {flowOf, type LintEnd, type LintPort} from './ends.ts';
import type {Encounter} from './fate.ts';
import type {Witness} from './finding.ts';
import type {LintSubject} from './subject.ts';

/** How many flows are tried; where none of so many shows it, none is shown. */
const mostTries = 300;

/** The first of `flows` of which the evaluator says what `shows` wants, with its verdict; null where none is. */
export function witnessOf(
	{verdict}: LintSubject,
	flows: Iterable<Flow | undefined>,
	shows: (verdict: Verdict) => boolean,
): Witness | null {
	let tries = 0;
	for (const flow of flows) {
		if (flow === undefined) continue;
		if (tries++ >= mostTries) return null;
		const said = verdict(flow);
		if (shows(said)) return witnessed(flow, said);
	}
	return null;
}

/** What the evaluator says of a flow. */
export const witnessed = (flow: Flow, {action, rule, direction}: Verdict): Witness => ({flow, action, rule, direction});

/** Flows that a rule meets: between each of the ends and each of the peers, on the ports that `of` leaves of each encounter. */
export function* flowsMet(
	{ends}: LintSubject,
	encounters: readonly Encounter[],
	of: (encounter: Encounter) => PortSet,
): Generator<Flow | undefined> {
	for (const encounter of encounters) {
		const ports = of(encounter);
		if (ports.length === 0) continue;
		for (const end of encounter.view.ends)
			for (const peer of membersOf(encounter.group.peers))
				yield* flowsBetween(encounter.view, end, ends.all[peer]!, ports);
	}
}

/** From or to the end of a view, as it is about what the end sends or receives. */
export function* flowsBetween(
	{direction}: Pick<EndView, 'direction'>,
	end: LintEnd,
	peer: LintEnd,
	ports: PortSet,
): Generator<Flow | undefined> {
	const [source, destination] = direction === 'egress' ? [end, peer] : [peer, end];
	for (const port of portsToShow(ports, destination)) yield flowOf(source, destination, port);
}

/** What a reader knows, before what only stands for the rest. */
const known: readonly LintPort[] = [
	{protocol: 'tcp', port: 443},
	{protocol: 'tcp', port: 80},
	{protocol: 'tcp', port: 22},
	{protocol: 'udp', port: 53},
];

/** A few ports of the set: first those that the destination listens on. */
export function portsToShow(set: PortSet, {workload}: LintEnd): readonly LintPort[] {
	const services = (workload?.services ?? []).map(({protocol, port}) => ({protocol, port}));
	const first = rangesOf(set).map(({protocol, first: port}) => ({protocol, port: protocol === 'icmp' ? 0 : port}));
	const wanted = [...services, ...known].filter(({protocol, port}) => hasPort(set, protocol, port));
	return [...wanted, ...first].slice(0, 3);
}
