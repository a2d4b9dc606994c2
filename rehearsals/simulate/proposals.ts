// What could be changed, by how much that helps, and what it breaks: never the one without the other.
import {ruleText} from '../../core/measure/rule-text.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import type {Candidate} from '../../core/model/rehearsal.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import type {AttackGraph} from '../../core/simulate/attack-graph.ts';
import {chokePoints} from '../../core/simulate/choke-points.ts';
import {type Breaking, breakingOf} from '../../core/simulate/dependency-flows.ts';
import type {Foothold} from '../../core/simulate/loss.ts';
import type {Cut} from '../../core/simulate/minimum-cut.ts';
import type {ChangeReport, CutElement, CutReport, Simulated} from '../../core/simulate/simulation-report.ts';
import {type Change, singleChanges} from '../../core/simulate/single-changes.ts';
import {type Pace, paced} from './pace.ts';

export interface ProposalsInput {
	readonly graph: AttackGraph;
	readonly candidate: Candidate;
	/** At least one, the worst first. */
	readonly footholds: readonly Foothold[];
	/** Whether they are all there are, so that they may be isolated as any other. */
	readonly everywhere: boolean;
	readonly pace: Pace;
	readonly stage: (what: string) => string;
}

/** Spreads to be worked out at most for one figure: so many for small worlds, fewer for large ones. */
const work = 60_000;
const mostChanges = 200;

export async function proposals(
	input: ProposalsInput,
): Promise<Pick<Simulated, 'chokePoints' | 'changes' | 'changesTriedOn'>> {
	const {graph, candidate, footholds, everywhere, pace, stage} = input;
	if (candidate.stack.length === 0) return {chokePoints: null, changes: null, changesTriedOn: null};
	const rules = ruleById(candidate.stack);
	const breaking = breakingOf(graph);
	const chokePoints = await chokePointsOf(input, breaking);
	const tried = footholds.slice(0, Math.max(3, Math.floor(spreadsFor(graph) / mostChanges)));
	const effects = await paced(
		pace,
		stage('single changes'),
		null,
		singleChanges(graph, {
			footholds: tried,
			footholdsMayGo: everywhere,
			droppable: allowsOf(candidate),
			most: mostChanges,
		}),
	);
	return {
		chokePoints,
		changes: effects
			.map(({change, before, after}) => ({...changeText(change, rules, breaking), before, after}))
			.sort(byWorth),
		changesTriedOn: tried.length,
	};
}

const spreadsFor = ({nodes}: AttackGraph): number => Math.max(300, Math.floor(work / Math.max(1, nodes.length / 25)));

/** Null where there is no crown jewel. */
export async function chokePointsOf(
	{graph, candidate, footholds, everywhere, pace, stage}: ProposalsInput,
	breaking: Breaking = breakingOf(graph),
): Promise<Simulated['chokePoints']> {
	if (!graph.nodes.some(({members}) => members.some(({jewel}) => jewel))) return null;
	const rules = ruleById(candidate.stack);
	const droppable = allowsOf(candidate);
	const costs = new Map<string, number>();
	const cost = (element: string): number => {
		const known =
			costs.get(element) ??
			(droppable.has(element) ? breaking.byRules(new Set([element])) : breaking.byIsolating(element)).length;
		costs.set(element, known);
		return known;
	};
	const distinct = new Set(footholds.map(({node}) => node)).size;
	const cuts = await paced(
		pace,
		stage('choke points'),
		null,
		chokePoints(graph, {
			footholds,
			footholdsMayGo: everywhere,
			droppable,
			cost,
			questions: Math.max(20, Math.min(400, Math.floor(spreadsFor(graph) / distinct))),
		}),
	);
	return {
		rules: cutReport(
			cuts.rules,
			id => ruleElement(id, rules, breaking),
			all => breaking.byRules(all),
		),
		workloads: cutReport(
			cuts.workloads,
			name => ({kind: 'workload', name, rule: null, breaks: breaking.byIsolating(name)}),
			all => [...new Set([...all].flatMap(breaking.byIsolating))].sort(),
		),
	};
}

/** Most jewels kept, then fewest kinds lost, then fewest dependencies broken. */
const byWorth = (a: ChangeReport, b: ChangeReport): number =>
	a.after.jewelFootholds - b.after.jewelFootholds ||
	a.after.mean - b.after.mean ||
	a.breaks.length - b.breaks.length ||
	a.after.worst - b.after.worst;

const allowsOf = ({stack}: Candidate): ReadonlySet<string> =>
	new Set(
		stack.flatMap(({guardrails, rules, baseline}) =>
			[...guardrails, ...rules, ...baseline].filter(({action}) => action === 'allow').map(({id}) => id),
		),
	);

function cutReport(
	cut: Cut,
	element: (name: string) => CutElement,
	breaks: (all: ReadonlySet<string>) => readonly string[],
): CutReport {
	if (cut.kind === 'impossible') return {kind: cut.kind, elements: [], atLeast: null, breaks: []};
	if (cut.kind === 'unknown') return {kind: cut.kind, elements: [], atLeast: cut.atLeast, breaks: []};
	return {
		kind: cut.elements.length === 0 ? 'nothing-falls' : cut.kind,
		elements: cut.elements.map(element),
		atLeast: cut.kind === 'smallest' ? cut.elements.length : cut.atLeast,
		breaks: breaks(new Set(cut.elements)),
	};
}

const ruleElement = (id: string, rules: ReadonlyMap<string, RuleRef>, breaking: Breaking): CutElement => ({
	kind: 'rule',
	name: id,
	rule: ruleText(rules, id),
	breaks: breaking.byRules(new Set([id])),
});

function changeText(
	change: Change,
	rules: ReadonlyMap<string, RuleRef>,
	breaking: Breaking,
): Pick<ChangeReport, 'change' | 'what' | 'rule' | 'breaks'> {
	switch (change.kind) {
		case 'drop-rule': {
			const {name: what, rule, breaks} = {...ruleElement(change.rule, rules, breaking)};
			return {change: change.kind, what: rule?.name ?? what, rule, breaks};
		}
		case 'isolate':
			return {change: change.kind, what: change.workload, rule: null, breaks: breaking.byIsolating(change.workload)};
		case 'patch':
			return {change: change.kind, what: `${change.workload}:${change.service}`, rule: null, breaks: []};
		default:
			return change satisfies never;
	}
}
