// What becomes of each rule: it works, it never matches, it comes too late, or others allow all that it allows. What is
// idle can be taken away, all of it together, and no end says anything else about any flow.
import type {RuleRef} from '../model/policy.ts';
import {difference, intersection, noPorts, type PortSet, union} from '../reach/port-set.ts';
import {countBits} from './bit-set.ts';
import {type EndView, inOrder, type Meeting, type PeerGroup} from './end-view.ts';
import type {LintSubject, WrittenRule} from './subject.ts';
import {surelyCovers} from './surely-covers.ts';

/** A rule among some peers. */
export interface Encounter {
	readonly view: EndView;
	readonly group: PeerGroup;
	readonly meeting: Meeting;
}

export type Fate =
	| {readonly kind: 'works'; readonly written: WrittenRule; readonly encounters: readonly Encounter[]}
	| {readonly kind: 'never-matches'; readonly written: WrittenRule}
	/** `shadowed`: what is asked before it decides all that it means. `redundant`: without it the same is allowed. */
	| {
			readonly kind: 'shadowed' | 'redundant';
			readonly written: WrittenRule;
			readonly encounters: readonly Encounter[];
			/** The rules that do it in its stead, each once; empty where a pass has nothing to pass over. */
			readonly by: readonly RuleRef[];
			/** One of `by` does so whatever workloads there are. */
			readonly surely: boolean;
	  };

/** The fate of every rule, in the order of `subject.rules`. */
export function fatesOf(subject: LintSubject): readonly Fate[] {
	const encounters = encountersOf(subject);
	const removed = new Set<string>();
	const byId = new Map(subject.rules.map(written => [written.rule.id, written]));
	const judge = (written: WrittenRule, decide: (met: readonly Encounter[]) => readonly RuleRef[] | null): Fate => {
		const met = encounters.get(written.rule.id) ?? [];
		if (met.length === 0) return {kind: 'never-matches', written};
		const by = decide(met);
		if (by === null) return {kind: 'works', written, encounters: met};
		removed.add(written.rule.id);
		const surely = by.some(({id}) => byId.has(id) && surelyCovers(byId.get(id)!, written));
		return {kind: 'shadowed', written, encounters: met, by, surely};
	};
	const fates = new Map<string, Fate>();
	const guardrails = subject.rules.filter(({tier}) => tier === 'guardrails');
	for (const written of guardrails) fates.set(written.rule.id, judge(written, whyGuardrailIsIdle));
	for (const written of guardrails.filter(({rule}) => rule.action === 'pass' && fates.get(rule.id)!.kind === 'works')) {
		const met = encounters.get(written.rule.id)!;
		if (met.every(passesNothingOver))
			fates.set(written.rule.id, {kind: 'redundant', written, encounters: met, by: [], surely: false});
	}
	const rules = subject.rules.filter(({tier, rule}) => tier === 'rules' && rule.action === 'allow');
	for (const written of leastFirst(rules, encounters)) {
		const fate = judge(written, met => whyRuleIsIdle(met, removed, subject));
		const late = fate.kind === 'shadowed' && fate.encounters.some(({group, meeting}) => isAsked(group, meeting));
		fates.set(written.rule.id, late ? {...fate, kind: 'redundant'} : fate);
	}
	for (const written of subject.rules.filter(({tier}) => tier === 'baseline'))
		fates.set(
			written.rule.id,
			judge(written, met => whyBaselineIsIdle(met, removed)),
		);
	return subject.rules.flatMap(({rule}) => fates.get(rule.id) ?? []);
}

function encountersOf({views}: LintSubject): ReadonlyMap<string, readonly Encounter[]> {
	const encounters = new Map<string, Encounter[]>();
	for (const view of views)
		for (const group of view.groups)
			for (const meeting of [...group.guardrails, ...group.rules, ...group.baseline]) {
				const {id} = meeting.step.ref;
				const met = encounters.get(id);
				if (met === undefined) encounters.set(id, [{view, group, meeting}]);
				else met.push({view, group, meeting});
			}
	return encounters;
}

const isAsked = ({asked}: PeerGroup, {matches}: Meeting): boolean => intersection(matches, asked).length > 0;

/** Those that decided what `meeting` means; null where it decides something itself. */
function whyGuardrailIsIdle(met: readonly Encounter[]): readonly RuleRef[] | null {
	if (met.some(({meeting}) => meeting.decides.length > 0)) return null;
	return unique(met.flatMap(({group, meeting}) => deciders(group.guardrails, meeting.matches)));
}

const deciders = (meetings: readonly Meeting[], ports: PortSet): readonly RuleRef[] =>
	meetings.filter(({decides}) => intersection(decides, ports).length > 0).map(({step}) => step.ref);

/** No guardrail behind it would have allowed or denied what it passes on. */
const passesNothingOver = ({group, meeting}: Encounter): boolean =>
	group.guardrails
		.slice(group.guardrails.indexOf(meeting) + 1)
		.every(({step, matches}) => step.action === 'pass' || intersection(matches, meeting.decides).length === 0);

/** The narrowest first, and of equals the last written: what goes is the special case, and what stays says it all. */
function leastFirst(
	rules: readonly WrittenRule[],
	encounters: ReadonlyMap<string, readonly Encounter[]>,
): readonly WrittenRule[] {
	const size = ({rule}: WrittenRule): number =>
		(encounters.get(rule.id) ?? []).reduce(
			(sum, {view, group, meeting}) => sum + view.ends.size * countBits(group.peers) * countPorts(meeting.matches),
			0,
		);
	return rules
		.map((written, at) => ({written, at, size: size(written)}))
		.sort((a, b) => a.size - b.size || b.at - a.at)
		.map(({written}) => written);
}

export const countPorts = (set: PortSet): number =>
	set.reduce((sum, border, at) => (at % 2 === 0 ? sum - border + 1 : sum + border), 0);

/** Null where the rule alone allows something. */
function whyRuleIsIdle(
	met: readonly Encounter[],
	removed: ReadonlySet<string>,
	{rules}: LintSubject,
): readonly RuleRef[] | null {
	const by: RuleRef[] = [];
	let whole: string[] | undefined;
	for (const {view, group, meeting} of met) {
		by.push(...deciders(group.guardrails, meeting.matches));
		const asked = intersection(meeting.matches, group.asked);
		let left = difference(asked, group.otherwise);
		if (left.length < asked.length) by.push(view.program.otherwise.verdict.rule);
		const alone = left;
		const covering: string[] = [];
		for (const {step, matches} of group.rules) {
			if (step === meeting.step || removed.has(step.ref.id)) continue;
			if (alone.length > 0 && difference(alone, matches).length === 0) covering.push(step.ref.id);
			if (intersection(alone, matches).length > 0) by.push(step.ref);
			left = difference(left, matches);
		}
		if (left.length > 0) return null;
		if (alone.length > 0) whole = whole === undefined ? covering : whole.filter(id => covering.includes(id));
	}
	const all = unique(by);
	const alone = all.filter(({id}) => whole?.includes(id));
	const refs = new Map(rules.map(written => [written.rule.id, written]));
	const self = refs.get(met[0]!.meeting.step.ref.id)!;
	const sure = alone.find(({id}) => surelyCovers(refs.get(id)!, self));
	return sure !== undefined ? [sure] : alone.length > 0 ? alone.slice(0, 1) : all;
}

/** Those that decided before it, once what is idle among the rules is gone; null where something is left to it. */
function whyBaselineIsIdle(met: readonly Encounter[], removed: ReadonlySet<string>): readonly RuleRef[] | null {
	const by: RuleRef[] = [];
	for (const {view, group, meeting} of met) {
		by.push(...deciders(group.guardrails, meeting.matches));
		const rules = group.rules.filter(({step}) => !removed.has(step.ref.id));
		const open = rules.reduce((left, {matches}) => difference(left, matches), group.asked);
		by.push(...deciders(rules, meeting.matches));
		const {isolation} = view.program;
		const own = inOrder(
			new Map(group.baseline.map(({step, matches}) => [step, matches])),
			isolation === null ? open : noPorts,
		).meetings;
		if (own.find(({step}) => step === meeting.step)!.decides.length > 0) return null;
		if (isolation === null) by.push(...deciders(own, meeting.matches));
		else by.push(isolation.verdict.rule);
	}
	return unique(by);
}

const unique = (refs: readonly RuleRef[]): readonly RuleRef[] => [...new Map(refs.map(ref => [ref.id, ref])).values()];

/** All that some encounters of a rule are about. */
export const portsMet = (encounters: readonly Encounter[]): PortSet =>
	encounters.reduce((set, {meeting}) => union(set, meeting.matches), noPorts);
