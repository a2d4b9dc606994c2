// What a stack allows between classes of ends, as sets of ports: the evaluator's answers, whole instead of flow by flow.
import type {Action, Direction, Placement, RuleRef, Stack, Tier} from '../model/policy.ts';
import type {Family, Topology} from '../model/topology.ts';
import {type EndProgram, endProgram, type PeerMatch, type Step} from '../policy/end-program.ts';
import {isJudged} from '../policy/placement.ts';
import {portRanges} from '../policy/port.ts';
import {related} from '../policy/relation.ts';
import {type End, networksOf, selects} from '../policy/selector.ts';
import type {StackKind} from '../policy/stacks.ts';
import {type EndClass, endClasses, endOf} from './end-class.ts';
import {difference, everyPort, intersection, noPorts, type PortSet, portSet, union} from './port-set.ts';

/** A rule that an end asks about a peer, in the order of asking. Endings (isolation, default, none) are rules too. */
export interface Considered {
	readonly rule: RuleRef;
	readonly tier: Tier;
	readonly action: Action;
	/** What it matches between these two ends; empty: this pair never matches it. */
	readonly matches: PortSet;
	/** What of that no earlier rule had decided: for `pass`, what it hands to the rules. */
	readonly decides: PortSet;
}

export interface Reach {
	readonly classes: readonly EndClass[];
	/** Number of a workload's class. @throws Error where no workload has the name */
	classOf(workload: string): number;
	/**
	 * What the source may use of the destination, by the primary addresses of a family: allowed by both ends. Empty where they share no such family. Between two
	 * members of one class when both numbers are equal; a workload always reaches itself, which is no part of this.
	 */
	open(source: number, destination: number, family: Family): PortSet;
	/** What one end says for itself, whatever the other one does; null where it is not judged. */
	side(direction: Direction, source: number, destination: number, family: Family): PortSet | null;
	/** Every rule of that end that is asked about the peer, in order, with those that do not match it. Null as `side`. */
	considered(direction: Direction, source: number, destination: number, family: Family): readonly Considered[] | null;
}

export interface ReachOptions {
	/** `host` if left out. */
	readonly placement?: Placement;
	/** `in-force` if left out: what packets follow, without what only observes. */
	readonly kind?: StackKind;
	/** Whether addresses that no workload owns are classes too; `none` if left out. */
	readonly beyond?: 'addresses' | 'none';
	/** Other stacks whose classes are to be told apart too, so that the numbers of two reaches are the same. */
	readonly beside?: readonly Stack[];
}

export function createReach(topology: Topology, stack: Stack, options: ReachOptions = {}): Reach {
	const {placement = 'host', kind = 'in-force', beyond = 'none', beside = []} = options;
	const networks = networksOf(topology);
	const classes = endClasses(topology, [...stack, ...beside.flat()], beyond);
	const numbers = new Map(classes.flatMap(({index, members}) => members.map(({name}) => [name, index] as const)));
	const programs = new Map<string, EndProgram>();

	const programOf = (direction: Direction, index: number, family: Family, end: End): EndProgram => {
		const key = `${direction} ${index} ${family}`;
		const known = programs.get(key) ?? endProgram(kind, {stack, direction, end, networks});
		programs.set(key, known);
		return known;
	};
	const matched = ({peer, match}: PeerMatch, source: End, destination: End, far: End): PortSet => {
		if (!selects(peer, far, networks) || !related(match, source.workload, destination.workload)) return noPorts;
		if (match.on === null) return everyPort;
		return portSet(match.on.flatMap(one => portRanges(one, destination.workload)));
	};
	const ofStep = (step: Step, source: End, destination: End, far: End): PortSet =>
		step.unless.reduce(
			(left, exception) => difference(left, matched(exception, source, destination, far)),
			matched(step, source, destination, far),
		);

	const considered: Reach['considered'] = (direction, sourceIndex, destinationIndex, family) => {
		const source = endOf(classes[sourceIndex]!, family);
		const destination = endOf(classes[destinationIndex]!, family);
		if (source === null || destination === null) return [];
		const [index, end, far] =
			direction === 'egress' ? [sourceIndex, source, destination] : [destinationIndex, destination, source];
		if (!isJudged(placement, end, far)) return null;
		const program = programOf(direction, index, family, end);
		const matchOf = (step: Step): PortSet => ofStep(step, source, destination, far);
		return inOrder(program, matchOf);
	};
	const side: Reach['side'] = (...asked) => {
		const rules = considered(...asked);
		return (
			rules?.reduce((open, {action, decides}) => (action === 'allow' ? union(open, decides) : open), noPorts) ?? null
		);
	};
	return {
		classes,
		classOf(workload) {
			const found = numbers.get(workload);
			if (found === undefined) throw new Error(`no workload is named ${workload}`);
			return found;
		},
		considered,
		side,
		open(source, destination, family) {
			if (endOf(classes[source]!, family) === null || endOf(classes[destination]!, family) === null) return noPorts;
			const sent = side('egress', source, destination, family) ?? everyPort;
			return sent.length === 0 ? sent : intersection(sent, side('ingress', source, destination, family) ?? everyPort);
		},
	};
}

/** Guardrails, rules, isolation, baseline, default: each decides what is left. What passed goes on with the rules. */
function inOrder(program: EndProgram, matchOf: (step: Step) => PortSet): readonly Considered[] {
	const list: Considered[] = [];
	let left: PortSet = everyPort;
	let passed: PortSet = noPorts;
	const step = (one: Step): void => {
		const matches = matchOf(one);
		const decides = intersection(matches, left);
		list.push({rule: one.ref, tier: one.ref.tier, action: one.action, matches, decides});
		left = difference(left, decides);
		if (one.action === 'pass') passed = union(passed, decides);
	};
	const ending = (rule: RuleRef, action: 'allow' | 'deny'): void => {
		list.push({rule, tier: rule.tier, action, matches: everyPort, decides: left});
		left = noPorts;
	};
	for (const one of program.guardrails) step(one);
	left = union(left, passed);
	for (const one of program.rules) step(one);
	if (program.isolation !== null) ending(program.isolation.verdict.rule, 'deny');
	for (const one of program.baseline) step(one);
	ending(program.otherwise.verdict.rule, program.otherwise.verdict.action);
	return list;
}
