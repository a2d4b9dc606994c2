// What the linter looks at, prepared once: one stack over one topology at one placement, and what each end says of each.
import type {Flow} from '../model/flow.ts';
import type {Direction, Placement, Policy, Rule, RuleRef, Stack, Verdict} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {type EndProgram, endProgram, type Step} from '../policy/end-program.ts';
import {createEvaluator} from '../policy/evaluate.ts';
import {ruleRef} from '../policy/rule-ref.ts';
import {networksOf} from '../policy/selector.ts';
import type {StackKind} from '../policy/stacks.ts';
import {everyPort, intersection, type PortSet} from '../reach/port-set.ts';
import {type BitSet, hasBit} from './bit-set.ts';
import {type EndView, endView, groupOf} from './end-view.ts';
import {type Ends, type LintEnd, lintEnds} from './ends.ts';
import {type PeerMatches, peerMatches} from './peer-matches.ts';
import {type SelectorSets, selectorSets} from './selector-sets.ts';

export interface LintInput {
	readonly topology: Topology;
	readonly stack: Stack;
	readonly placement: Placement;
	/** ISO date: notes whose last day lies before it are past. */
	readonly today: string;
}

/** A rule that somebody wrote, and where it stands. */
export interface WrittenRule {
	readonly rule: Rule;
	readonly tier: 'guardrails' | 'rules' | 'baseline';
	readonly policy: Policy;
	readonly ref: RuleRef;
}

export interface LintSubject extends LintInput {
	readonly ends: Ends;
	readonly selectors: SelectorSets;
	readonly matches: PeerMatches;
	/** In the order of asking within each policy. */
	readonly rules: readonly WrittenRule[];
	/** Each once, though many ends may share it; in force, and as if what observes were in force too. */
	readonly views: readonly EndView[];
	/** In force unless it says otherwise. Null: the end is not judged. Undefined: no policy speaks for it, and everything may pass. */
	view(direction: Direction, end: LintEnd, kind?: StackKind): EndView | null | undefined;
	/** What an end says of a peer, in force; null where it is not judged. */
	side(direction: Direction, end: LintEnd, peer: LintEnd): PortSet | null;
	/** What may pass from one end to the other, in force. */
	open(source: LintEnd, destination: LintEnd): PortSet;
	verdict(flow: Flow): Verdict;
}

/** `beside`: other policies whose ends are to be told apart too. */
export function lintSubject(input: LintInput, beside: Stack = []): LintSubject {
	const {topology, stack, placement} = input;
	const networks = networksOf(topology);
	const ends = lintEnds(topology, [...stack, ...beside]);
	const selectors = selectorSets(ends.all, networks);
	const matches = peerMatches(ends.all, selectors);
	const evaluator = createEvaluator(topology, stack);
	const located = {egress: locatedAt(stack, 'egress', selectors), ingress: locatedAt(stack, 'ingress', selectors)};
	const shared = new Map<string, EndView>();
	const isJudged = ({workload}: LintEnd): boolean =>
		workload !== null && !workload.outside && (placement !== 'host' || workload.managed);
	const make = (kind: StackKind, direction: Direction, end: LintEnd): EndView | null | undefined => {
		if (!isJudged(end)) return null;
		const near = nearTo(located[direction], end);
		const program = endProgram(kind, {stack: near, direction, end, networks});
		if (program.otherwise.policy === null) return undefined;
		const trait = (step: Step): string =>
			[step, ...step.unless].map(({match}) => matches.trait(match, direction, end)).join();
		const endings = `${program.isolation?.verdict.rule.id} ${program.otherwise.verdict.rule.id}`;
		const key = [direction, end.family, endings, ...stepsOf(program).map(trait)].join(';');
		const known = shared.get(key);
		if (known !== undefined) {
			known.ends.add(end);
			return known;
		}
		const view = endView({direction, program, end}, {matches, peers: ends.ofFamily[end.family]});
		shared.set(key, view);
		return view;
	};
	const each = (kind: StackKind) => {
		const all = (direction: Direction) => ends.all.map(end => make(kind, direction, end));
		return {egress: all('egress'), ingress: all('ingress')};
	};
	const first = each('in-force');
	const made = {'in-force': first, 'as-if': stack.some(mayObserve) ? each('as-if') : first};
	const inForce = made['in-force'];

	const side: LintSubject['side'] = (direction, end, peer) => {
		const view = inForce[direction][end.index];
		return view === null ? null : view === undefined ? everyPort : groupOf(view, peer)!.allowed;
	};
	return {
		...input,
		ends,
		selectors,
		matches,
		rules: stack.flatMap(writtenRules),
		views: [...shared.values()],
		view: (direction, end, kind = 'in-force') => made[kind][direction][end.index],
		side,
		open: (source, destination) =>
			intersection(side('egress', source, destination) ?? everyPort, side('ingress', destination, source) ?? everyPort),
		verdict: flow => evaluator.verdict(flow, placement),
	};
}

/** A policy with the ends that it is for, and its rules with those that they mean at this end of a flow. */
interface Located {
	readonly policy: Policy;
	readonly applies: BitSet;
	readonly tiers: Readonly<Record<'guardrails' | 'rules' | 'baseline', readonly (readonly [Rule, BitSet])[]>>;
}

function locatedAt(stack: Stack, direction: Direction, selectors: SelectorSets): readonly Located[] {
	const located = (rules: readonly Rule[]): readonly (readonly [Rule, BitSet])[] =>
		rules.map(rule => [rule, selectors.of(direction === 'egress' ? rule.from : rule.to)]);
	return stack.map(policy => ({
		policy,
		applies: selectors.of(policy.applies),
		tiers: {
			guardrails: located(policy.guardrails),
			rules: located(policy.rules),
			baseline: located(policy.baseline),
		},
	}));
}

/** The policies that are for the end, with those of their rules that mean it: what is left to ask of a thousand. */
function nearTo(located: readonly Located[], {index}: LintEnd): Stack {
	const meaning = (rules: readonly (readonly [Rule, BitSet])[]): readonly Rule[] => {
		const near: Rule[] = [];
		for (const [rule, set] of rules) if (hasBit(set, index)) near.push(rule);
		return near;
	};
	return located
		.filter(({applies}) => hasBit(applies, index))
		.map(({policy, tiers: {guardrails, rules, baseline}}) => ({
			...policy,
			guardrails: meaning(guardrails),
			rules: meaning(rules),
			baseline: meaning(baseline),
		}));
}

/** False where the stack in force is surely the one with what observes. */
const mayObserve = ({mode, enforce, guardrails, rules, baseline}: Policy): boolean =>
	mode === 'observe' ||
	!enforce.some(({reach, requirements}) => reach !== 'outside' && requirements.length === 0) ||
	[...guardrails, ...rules, ...baseline].some(rule => rule.mode === 'observe');

const stepsOf = ({guardrails, rules, baseline}: EndProgram): readonly Step[] => [...guardrails, ...rules, ...baseline];

const writtenRules = (policy: Policy): readonly WrittenRule[] =>
	(['guardrails', 'rules', 'baseline'] as const).flatMap(tier =>
		policy[tier].map(rule => ({rule, tier, policy, ref: ruleRef(policy, tier, rule)})),
	);
