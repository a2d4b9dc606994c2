// How two sets of policies compare, as np-guard's network-config-analyzer asks it (docs/SchemeFileFormat.md there): over
// every pair of workloads and addresses beyond them, of both families, as whole sets of ports.
import type {Policy, Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {difference, everyPort, intersection, noPorts, type PortSet, union} from '../../core/reach/port-set.ts';
import {createReach, type Reach} from '../../core/reach/reach.ts';
import {transportsOf} from './expected-lines.ts';
import type {Policed} from './subject.ts';

const families = [4, 6] as const;

/** The ports between two ends by each of two sets of policies over one topology. */
interface Pair {
	readonly first: Ends;
	readonly second: Ends;
}

/**
 * `captured`: a policy speaks for one end at least. `explicit`: allowed, and at one end at least by a rule and not because
 * no policy speaks for it.
 */
interface Ends {
	readonly captured: boolean;
	readonly allowed: PortSet;
	readonly explicit: PortSet;
}

/** Whether both have the same workloads, by name. */
const sameWorkloads = (a: Topology, b: Topology): boolean =>
	a.workloads.map(({name}) => name).join() === b.workloads.map(({name}) => name).join();

/** Both allow the same connections. */
export const equivalent = (a: Policed, b: Policed): boolean =>
	sameWorkloads(a.topology, b.topology) && contained(a, b) && contained(b, a);

/** Whatever `a` allows `b` allows; never where `a` has a workload that `b` has not. */
export function contained(a: Policed, b: Policed): boolean {
	const known = new Set(b.topology.workloads.map(({name}) => name));
	if (!a.topology.workloads.every(({name}) => known.has(name))) return false;
	return everyPair(a, b, ({first, second}) => isEmpty(difference(first.allowed, second.allowed)));
}

/** `a` allows all that a rule of `b` allows. The policies of `b` are taken over the workloads of `a`. */
export const permits = (a: Policed, b: Policed): boolean =>
	everyPair({topology: a.topology, stack: b.stack}, a, ({first, second}) =>
		isEmpty(difference(first.explicit, second.allowed)),
	);

/** `a` allows nothing that a rule of `b` allows. */
export const forbids = (a: Policed, b: Policed): boolean =>
	everyPair({topology: a.topology, stack: b.stack}, a, ({first, second}) =>
		isEmpty(intersection(first.explicit, second.allowed)),
	);

/** A rule of `a` allows what no rule of `b` allows, between ends for which `b` speaks: elsewhere it leaves all open. */
export const interferes = (a: Policed, b: Policed): boolean =>
	!everyPair(a, b, ({first, second}) => !second.captured || isEmpty(difference(first.explicit, second.explicit)));

/** The same policies by name, and each of them alone allows the same on both sides. */
export function stronglyEquivalent(a: Policed, b: Policed): boolean {
	const names = (stack: Stack): string => stack.map(titleOf).sort().join();
	if (names(a.stack) !== names(b.stack)) return false;
	return a.stack.every(policy => {
		const other = b.stack.find(one => titleOf(one) === titleOf(policy))!;
		return equivalent({...a, stack: [policy]}, {...b, stack: [other]});
	});
}

/** With its namespace, which is a part of the name only where several have policies. */
function titleOf({name, applies}: Policy): string {
	const namespaces = applies.flatMap(({requirements}) =>
		requirements.flatMap(one => (one.kind === 'namespace' ? one.names : [])),
	);
	const suffix = `.${namespaces[0]}`;
	return `${namespaces[0]}/${name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}`;
}

const isEmpty = (set: PortSet): boolean => transportsOf(set).length === 0;

/**
 * Whether `holds` for every two ends. Workloads that only one side has are left out: whoever compares such says so first.
 * The classes of both are told apart by both stacks, so that what is one class on one side is one on the other.
 */
function everyPair(a: Policed, b: Policed, holds: (pair: Pair) => boolean): boolean {
	const common = new Set(b.topology.workloads.map(({name}) => name));
	const one = (subject: Policed, other: Policed): Reach =>
		createReach(subject.topology, subject.stack, {beyond: 'addresses', beside: [other.stack]});
	const [first, second] = [one(a, b), one(b, a)];
	const workloads = first.classes
		.flatMap(({members}) => members)
		.filter(({name}) => common.has(name))
		.map(({name}) => ({first: first.classOf(name), second: second.classOf(name)}));
	const far = beyondOf(first).map((index, at) => ({first: index, second: beyondOf(second)[at]!}));
	const ends = [...Map.groupBy([...workloads, ...far], end => `${end.first} ${end.second}`).values()];
	// One workload alone in its class has nobody there but itself, whom it always reaches.
	return ends.every(from =>
		ends.every(
			to =>
				(from === to && from.length === 1) ||
				families.every(family => {
					const [[source], [destination]] = [from, to] as const;
					return holds({
						first: endsOf(first, source!.first, destination!.first, family),
						second: endsOf(second, source!.second, destination!.second, family),
					});
				}),
		),
	);
}

const beyondOf = ({classes}: Reach): readonly number[] =>
	classes.filter(({beyond}) => beyond !== null).map(({index}) => index);

/** What one end says. */
interface Side {
	readonly open: PortSet;
	readonly explicit: PortSet;
	/** Whether a policy says any of it. */
	readonly spoken: boolean;
}

function endsOf(reach: Reach, source: number, destination: number, family: 4 | 6): Ends {
	const sides = (['egress', 'ingress'] as const).map((direction): Side => {
		const rules = reach.considered(direction, source, destination, family);
		if (rules === null) return {open: everyPort, explicit: noPorts, spoken: false};
		const spoken = rules.filter(({tier}) => tier !== 'none' && tier !== 'default');
		const open = (of: typeof rules): PortSet =>
			of.reduce((set, {action, decides}) => (action === 'allow' ? union(set, decides) : set), noPorts);
		return {open: open(rules), explicit: open(spoken), spoken: spoken.length > 0};
	}) as [Side, Side];
	const [sent, received] = sides;
	return {
		captured: sent.spoken || received.spoken,
		allowed: intersection(sent.open, received.open),
		explicit: union(intersection(sent.explicit, received.open), intersection(received.explicit, sent.open)),
	};
}
