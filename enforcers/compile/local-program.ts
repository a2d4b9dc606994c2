// The programs of all addresses of one workload as one: each step with the addresses that it holds for.
import type {Direction, Policy, RuleRef, Stack} from '../../core/model/policy.ts';
import type {Workload} from '../../core/model/topology.ts';
import {type Ending, type EndProgram, endProgram, type PeerMatch, type Step} from '../../core/policy/end-program.ts';
import type {Networks} from '../../core/policy/selector.ts';
import type {StackKind} from '../../core/policy/stacks.ts';

/** Addresses of the workload that something holds for. */
export type LocalAddresses = readonly string[];

export interface LocalMatch extends PeerMatch {
	readonly local: LocalAddresses;
}

export interface LocalStep extends LocalMatch {
	readonly action: Step['action'];
	readonly ref: RuleRef;
	readonly policy: Policy;
	readonly unless: readonly LocalMatch[];
}

export interface LocalEnding extends Ending {
	readonly local: LocalAddresses;
}

export interface LocalProgram {
	readonly guardrails: readonly LocalStep[];
	readonly rules: readonly LocalStep[];
	/** Decided before the baseline, for some addresses or for all. */
	readonly isolations: readonly LocalEnding[];
	readonly baseline: readonly LocalStep[];
	/** Denies last: the last one is for whatever is left. Empty where isolation leaves nothing. */
	readonly endings: readonly LocalEnding[];
}

/** What a workload's own enforcer follows in one direction and stack. */
export function localProgram(
	kind: StackKind,
	{stack, direction, workload, networks}: {stack: Stack; direction: Direction; workload: Workload; networks: Networks},
): LocalProgram {
	const programs = workload.addresses.map(({address}) => ({
		address,
		program: endProgram(kind, {stack, direction, end: {workload, address}, networks}),
	}));
	const tier = (name: 'guardrails' | 'rules' | 'baseline'): readonly LocalStep[] => {
		const order = new Map(stack.flatMap(policy => policy[name]).map(({id}, at) => [id, at]));
		const steps = programs.flatMap(({address, program}) => program[name].map(step => ({address, step})));
		return [...Map.groupBy(steps, ({step}) => step.ref.id).values()]
			.map(mergeStep)
			.sort((a, b) => order.get(a.ref.id)! - order.get(b.ref.id)!);
	};
	const endings = (pick: (program: EndProgram) => Ending | null): readonly LocalEnding[] => {
		const found = programs.flatMap(({address, program}) => {
			const ending = pick(program);
			return ending === null ? [] : [{address, ending}];
		});
		return [...Map.groupBy(found, ({ending}) => ending.verdict.rule.id).values()].map(same => ({
			...same[0]!.ending,
			local: same.map(({address}) => address),
		}));
	};
	const last = endings(program => (program.isolation === null ? program.otherwise : null));
	return {
		guardrails: tier('guardrails'),
		rules: tier('rules'),
		isolations: endings(({isolation}) => isolation),
		baseline: tier('baseline'),
		endings: [
			...last.filter(({verdict}) => verdict.action === 'allow'),
			...last.filter(({verdict}) => verdict.action === 'deny'),
		],
	};
}

function mergeStep(same: readonly {readonly address: string; readonly step: Step}[]): LocalStep {
	const {step} = same[0]!;
	const unless = same.flatMap(({address, step: {unless: some}}) => some.map(match => ({address, match})));
	return {
		...step,
		local: same.map(({address}) => address),
		unless: [...Map.groupBy(unless, ({match}) => match.match).values()].map(group => ({
			...group[0]!.match,
			local: group.map(({address}) => address),
		})),
	};
}

/** Whether two programs decide alike for certain: the same rules for the same addresses. */
export const sameProgram = (left: LocalProgram, right: LocalProgram): boolean => outline(left) === outline(right);

const outline = ({guardrails, rules, isolations, baseline, endings}: LocalProgram): string =>
	JSON.stringify([
		[guardrails, rules, baseline].map(steps => steps.map(({ref, local}) => [ref.id, local])),
		[isolations, endings].map(some => some.map(({verdict, local}) => [verdict.rule.id, local])),
	]);

/** Whether no policy speaks for any address of the workload. */
export const isSilent = ({isolations, endings}: LocalProgram): boolean =>
	isolations.length === 0 && endings.every(({policy}) => policy === null);

/** Ids of the rules of a program that may decide so. */
export const rulesThat = (
	action: 'allow' | 'deny',
	{guardrails, rules, isolations, baseline, endings}: LocalProgram,
): readonly string[] => [
	...[...guardrails, ...rules, ...baseline].flatMap(step => (step.action === action ? [step.ref.id] : [])),
	...[...isolations, ...endings].flatMap(({verdict}) => (verdict.action === action ? [verdict.rule.id] : [])),
];
