// The ports that matter: those that a service or a rule names, and of each protocol one that stands for all others.
import type {Match, Policy, Stack} from '../model/policy.ts';
import type {Protocol, Service} from '../model/topology.ts';

/** Ports that no service and no rule tells apart. `port` stands for them all; 0 for icmp. */
export interface PortClass {
	readonly protocol: Protocol;
	readonly port: number;
}

interface Range {
	readonly first: number;
	readonly last: number;
}

/** The classes, by protocol and port. SCTP has some only where it is named. */
export function portClasses(services: readonly Service[], stack: Stack): readonly PortClass[] {
	const ranges: Record<'tcp' | 'udp' | 'sctp', Range[]> = {tcp: [], udp: [], sctp: []};
	for (const {protocol, port, lastPort} of services) ranges[protocol].push({first: port, last: lastPort});
	for (const port of stack.flatMap(matchesOf).flatMap(({on}) => on ?? []))
		if (port.kind === 'range') ranges[port.protocol].push(port);
	const protocols = (['tcp', 'udp', 'sctp'] as const).filter(name => name !== 'sctp' || ranges.sctp.length > 0);
	return [
		{protocol: 'icmp', port: 0},
		...protocols.flatMap(protocol => classPorts(ranges[protocol]).map(port => ({protocol, port}))),
	];
}

/** Every match of a policy, those of `unless` too. */
export const matchesOf = ({guardrails, rules, baseline}: Policy): readonly Match[] =>
	[...guardrails, ...rules, ...baseline].flatMap(rule => [rule, ...rule.unless]);

/** One port for each stretch between the ranges' borders, the unnamed ones as a single class by its highest port. */
function classPorts(ranges: readonly Range[]): readonly number[] {
	const borders = new Set([1, ...ranges.flatMap(({first, last}) => [first, last + 1])]);
	const starts = [...borders].filter(port => port >= 1 && port <= 65535).sort((a, b) => a - b);
	const named = starts.filter(port => ranges.some(({first, last}) => first <= port && port <= last));
	const unnamed = starts.filter(port => !named.includes(port)).at(-1);
	return unnamed === undefined ? named : [...named, unnamed];
}
