// A stack over a table of ends: every rule that may decide, in the order of deciding, and of each end the rules that
// select it as a source and as a destination. Evaluator and reach both read this.
import type {Direction, EndVerdict, Match, Policy, Rule, RuleRef, Stack, Tier} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {type Bits, bitsWhere, eachBit, hasBit} from './bits.ts';
import {strictest} from './end-program.ts';
import {type EndTable, endTable} from './end-table.ts';
import {relationTables} from './relation-table.ts';
import {isolationRef, noneVerdict, ruleRef} from './rule-ref.ts';
import {counts, type StackKind} from './stacks.ts';

/** What a rule or an exception matches, with the ends that it selects. */
export interface TableMatch {
	readonly match: Match;
	readonly from: Bits;
	readonly to: Bits;
	/** Whether `same` and `differ` hold between two ends, by number. */
	readonly relates: (source: number, destination: number) => boolean;
}

/** A rule in its place: guardrails in order, then rules, then baselines. */
export interface TableStep extends TableMatch {
	readonly rule: Rule;
	readonly policy: Policy;
	readonly tier: Extract<Tier, 'guardrails' | 'rules' | 'baseline'>;
	readonly ref: RuleRef;
	/** What it says where it decides; null for `pass`. */
	readonly verdict: EndVerdict | null;
	readonly unless: readonly TableMatch[];
}

/** What the policies that speak for some ends in one direction say there. */
export interface Program {
	/** Steps of those policies that count, by number. */
	readonly steps: Bits;
	/** The verdict after the rules and before the baseline, where one isolates. */
	readonly isolation: EndVerdict | null;
	readonly otherwise: EndVerdict;
}

export interface RuleTable {
	readonly table: EndTable;
	readonly steps: readonly TableStep[];
	/** Numbers of the first step of the rules and of the baseline. */
	readonly firstRule: number;
	readonly firstBaseline: number;
	/** Words of a set of steps. */
	readonly words: number;
	/** Of each end, `words` words from `end × words`: the steps that select it as the source, and as the destination. */
	readonly sends: Bits;
	readonly receives: Bits;
	/** The program of an end, by its number. */
	programs(kind: StackKind, direction: Direction): (end: number) => Program;
}

/** @param beside - other stacks whose selectors tell ends apart too */
export function ruleTable(topology: Topology, stack: Stack, beside: readonly Stack[] = []): RuleTable {
	const table = endTable(topology, [stack, ...beside].flatMap(selectorsOf));
	const relations = relationTables(table.ends.map(({workload}) => workload));
	const matchOf = (match: Match): TableMatch => ({
		match,
		from: table.selected(match.from),
		to: table.selected(match.to),
		relates: relations(match),
	});
	const stepsOf = (tier: TableStep['tier'], says: (rule: Rule) => boolean): readonly TableStep[] =>
		stack.flatMap(policy => policy[tier].filter(says).map(rule => stepOf(policy, tier, rule, matchOf)));
	const guardrails = stepsOf('guardrails', () => true);
	const rules = stepsOf('rules', ({action}) => action === 'allow');
	const steps = [...guardrails, ...rules, ...stepsOf('baseline', ({action}) => action !== 'pass')];
	const words = (steps.length + 31) >>> 5;
	return {
		table,
		steps,
		firstRule: guardrails.length,
		firstBaseline: guardrails.length + rules.length,
		words,
		sends: turned(
			steps.map(({from}) => from),
			table.ends.length,
		),
		receives: turned(
			steps.map(({to}) => to),
			table.ends.length,
		),
		programs: programsOf(stack, table, steps),
	};
}

/** Every selector of a stack, exceptions included. */
export const selectorsOf = (stack: Stack) =>
	stack.flatMap(({applies, enforce, guardrails, rules, baseline}) => [
		applies,
		enforce,
		...[...guardrails, ...rules, ...baseline]
			.flatMap(rule => [rule, ...rule.unless])
			.flatMap(({from, to}) => [from, to]),
	]);

function stepOf(policy: Policy, tier: TableStep['tier'], rule: Rule, matchOf: (match: Match) => TableMatch): TableStep {
	const ref = ruleRef(policy, tier, rule);
	return {
		...matchOf(rule),
		rule,
		policy,
		tier,
		ref,
		verdict: rule.action === 'pass' ? null : {action: rule.action, rule: ref},
		unless: rule.unless.map(matchOf),
	};
}

/** Sets of ends by step as sets of steps by end, one after the other. */
export function turned(byStep: readonly Bits[], ends: number): Bits {
	const words = (byStep.length + 31) >>> 5;
	const byEnd = new Int32Array(ends * words);
	for (const [step, selected] of byStep.entries()) {
		const [word, bit] = [step >>> 5, 1 << (step & 31)];
		eachBit(selected, end => void (byEnd[end * words + word]! |= bit));
	}
	return byEnd;
}

/** The programs of a stack, each made once for all ends that the same policies speak for. */
function programsOf(stack: Stack, {ends, selected}: EndTable, steps: readonly TableStep[]): RuleTable['programs'] {
	const applied = stack.map(({applies}) => selected(applies));
	const enforced = stack.map(({enforce}) => selected(enforce));
	return (kind, direction) => {
		const made = new Map<string, Program>();
		const ofEnds = new Array<Program | undefined>(ends.length).fill(undefined);
		const ofEnd = (end: number): Program => {
			const speaking = stack.filter(
				({directions, mode}, at) =>
					directions.includes(direction) &&
					hasBit(applied[at]!, end) &&
					(kind === 'as-if' || (mode === 'enforce' && hasBit(enforced[at]!, end))),
			);
			const key = speaking.map(({id}) => id).join(' ');
			const program = made.get(key) ?? programOf(speaking, kind, direction, steps);
			made.set(key, program);
			ofEnds[end] = program;
			return program;
		};
		return end => ofEnds[end] ?? ofEnd(end);
	};
}

function programOf(speaking: Stack, kind: StackKind, direction: Direction, steps: readonly TableStep[]): Program {
	const isolating = speaking.find(({isolates}) => isolates);
	const spoken = new Set(speaking);
	return {
		steps: bitsWhere(steps.length, at => spoken.has(steps[at]!.policy) && counts(kind, direction, steps[at]!.rule)),
		isolation: isolating === undefined ? null : {action: 'deny', rule: isolationRef(isolating)},
		otherwise: speaking.length === 0 ? noneVerdict : strictest(speaking).verdict,
	};
}
