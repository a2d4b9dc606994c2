// What one end says about a flow, step by step: which policies speak for it, every rule that it asks in the order of
// asking, and why each matches or does not. `core/policy` decides; a test holds the two together.
import type {Action, Direction, EndVerdict, Placement, Policy, Rule, RuleRef, Stack} from '../model/policy.ts';
import {endProgram} from '../policy/end-program.ts';
import {isJudged} from '../policy/placement.ts';
import {ruleRef} from '../policy/rule-ref.ts';
import type {End} from '../policy/selector.ts';
import {counts, isEnforced, policiesAt, type StackKind} from '../policy/stacks.ts';
import {type Asked, ruleReasons} from './match-reasons.ts';
import {type PolicyNote, policyNotes} from './policy-notes.ts';
import type {Reason} from './reason.ts';

/** A rule that an end asks, or would ask. Endings (isolation, default, no policy speaks) are steps too, and match always. */
export interface Step {
	readonly rule: RuleRef;
	/** Id of its policy; empty for `none`. */
	readonly policy: string;
	readonly action: Action;
	/** Whether an earlier step had already decided. Rules are asked together, so none of them hides another. */
	readonly reached: boolean;
	readonly matches: boolean;
	/** It gave the verdict; or, for `pass`, it sent the flow on to the rules. */
	readonly decides: boolean;
	/** It decides nothing yet: its policy, or the rule itself, only observes. */
	readonly observes: boolean;
	/** How much of what it asks is not so; 1 is a rule that almost matched. */
	readonly misses: number;
	readonly reasons: readonly Reason[];
}

export interface Chain {
	readonly direction: Direction;
	/** Null where the end is judged; else why nobody judges it: then there are no steps and no verdict. */
	readonly unjudged: string | null;
	readonly policies: readonly PolicyNote[];
	/** In the order of asking, without what only observes. */
	readonly steps: readonly Step[];
	readonly verdict: EndVerdict | null;
	/** With what only observes: `steps` of which those that observe and match, and the verdict that would be. */
	readonly asIf: {readonly steps: readonly Step[]; readonly verdict: EndVerdict | null};
}

/** The chain of one end. A workload's flow to itself is no question here. */
export function chainOf(stack: Stack, direction: Direction, asked: Asked, placement: Placement): Chain {
	const {source, destination, networks} = asked;
	const [end, peer] = direction === 'egress' ? [source, destination] : [destination, source];
	const policies = policyNotes(stack, direction, end, networks);
	if (!isJudged(placement, end, peer)) {
		const nobody = {steps: [], verdict: null};
		return {direction, unjudged: whyUnjudged(end, placement), policies, ...nobody, asIf: nobody};
	}
	const inForce = stepsOf('in-force', {stack, direction, end, asked});
	const asIf = observes(stack, policies) ? stepsOf('as-if', {stack, direction, end, asked}) : inForce;
	return {
		direction,
		unjudged: null,
		policies,
		steps: inForce,
		verdict: verdictOf(inForce),
		asIf: {steps: asIf.filter(({observes, matches}) => observes && matches), verdict: verdictOf(asIf)},
	};
}

/** False where the two stacks are one at this end. */
const observes = (stack: Stack, notes: readonly PolicyNote[]): boolean =>
	notes.some(({state}) => state === 'observes') ||
	stack.some(({guardrails, baseline}) => [...guardrails, ...baseline].some(({mode}) => mode === 'observe'));

function whyUnjudged({workload, address}: End, placement: Placement): string {
	if (workload === null) return `no workload owns ${address}`;
	if (workload.outside) return `${workload.name} stands outside`;
	if (placement === 'host' && !workload.managed)
		return `${workload.name} is not managed: nothing can be enforced there`;
	return `the flow stays in a segment, and nothing at ${placement} sees it`;
}

function verdictOf(steps: readonly Step[]): EndVerdict | null {
	const deciding = steps.find(({decides, action}) => decides && action !== 'pass');
	return deciding === undefined ? null : {action: deciding.action as 'allow' | 'deny', rule: deciding.rule};
}

type Draft = Omit<Step, 'reached' | 'decides'>;

interface Place {
	readonly stack: Stack;
	readonly direction: Direction;
	readonly end: End;
	readonly asked: Asked;
}

/** Guardrails, rules, isolation, baseline, default. */
function stepsOf(kind: StackKind, {stack, direction, end, asked}: Place): readonly Step[] {
	const {networks} = asked;
	const policies = policiesAt(kind, stack, direction, end, networks);
	const drafts = (tier: 'guardrails' | 'rules' | 'baseline', wanted: (rule: Rule) => boolean): readonly Draft[] =>
		policies.flatMap(policy =>
			policy[tier]
				.filter(rule => counts(kind, direction, rule) && wanted(rule))
				.map(
					(rule): Draft => ({
						rule: ruleRef(policy, tier, rule),
						policy: policy.id,
						action: rule.action,
						observes: rule.mode === 'observe' || !isEnforced(policy, end, networks),
						...ruleReasons(rule, asked),
					}),
				),
		);
	const ending = ({verdict, policy}: {readonly verdict: EndVerdict; readonly policy: Policy | null}): Draft => ({
		rule: verdict.rule,
		policy: policy?.id ?? '',
		action: verdict.action,
		observes: policy !== null && !isEnforced(policy, end, networks),
		matches: true,
		misses: 0,
		reasons: [],
	});
	const program = endProgram(kind, {stack, direction, end, networks});
	return walk({
		guardrails: drafts('guardrails', () => true),
		rules: drafts('rules', ({action}) => action === 'allow'),
		isolation: program.isolation === null ? [] : [ending(program.isolation)],
		baseline: drafts('baseline', ({action}) => action !== 'pass'),
		otherwise: ending(program.otherwise),
	});
}

/** Says of each step whether it is reached and whether it decides. */
function walk({
	guardrails,
	rules,
	isolation,
	baseline,
	otherwise,
}: {
	readonly guardrails: readonly Draft[];
	readonly rules: readonly Draft[];
	readonly isolation: readonly Draft[];
	readonly baseline: readonly Draft[];
	readonly otherwise: Draft;
}): readonly Step[] {
	let decided = false;
	const inOrder = (drafts: readonly Draft[]): readonly Step[] => {
		let over = decided;
		return drafts.map(draft => {
			const reached = !over;
			const decides = reached && draft.matches;
			if (decides) over = true;
			if (decides && draft.action !== 'pass') decided = true;
			return {...draft, reached, decides};
		});
	};
	const guarded = inOrder(guardrails);
	const open = !decided;
	const first = rules.findIndex(({matches}) => matches);
	const together = rules.map((draft, at) => ({...draft, reached: open, decides: open && at === first}));
	decided ||= first !== -1;
	return [...guarded, ...together, ...inOrder(isolation), ...inOrder(baseline), ...inOrder([otherwise])];
}
