// A question answered: every flow that it means, those with the same answer together, each answer explained once.
import type {Flow} from '../model/flow.ts';
import type {Placement, Verdict} from '../model/policy.ts';
import type {Parsed} from '../model/problem.ts';
import {createEvaluator} from '../policy/evaluate.ts';
import type {World} from './edit.ts';
import type {EndText} from './end-text.ts';
import {type Change, type Explanation, explainFlow} from './explain.ts';
import type {Question} from './question.ts';
import {type SideEffects, sideEffects} from './side-effects.ts';
import type {Trial} from './trial.ts';
import {byPorts, cellsOf, everyoneAt, type Member, unitsOf} from './units.ts';

export interface Answer {
	readonly question: Question;
	/** How many flows were asked for: pairs of addresses and ports. */
	readonly flows: number;
	/** Most flows first; at least one. */
	readonly groups: readonly Group[];
}

/** Flows that the same rules decide. */
export interface Group {
	/** Of one of them. */
	readonly explanation: Explanation;
	/** What else each change does, in the order of the changes; empty beyond the first few groups. */
	readonly effects: readonly SideEffects[];
	readonly flows: number;
	/** Which they are, by kind of workload, each once. */
	readonly members: readonly Member[];
}

/** Groups whose changes are weighed. */
const mostWeighed = 8;

/** Beyond so many pairs of classes and ports nobody reads the answer. */
const mostCells = 500_000;

export function answer(world: World, question: Question, placement: Placement): Parsed<Answer> {
	const sources = unitsOf(world, question.source);
	const destinations = unitsOf(world, question.destination).flatMap(unit => byPorts(unit, question));
	if (sources.length * destinations.length > mostCells)
		return wrong('these are too many flows to explain', 'ask for fewer: name an environment or a workload');
	// An evaluator prepares for everybody it knows: of 100,000 workloads only those that were asked for matter.
	const asked = new Set([question.source, question.destination].flatMap(everyoneAt));
	const evaluator = createEvaluator(
		{...world.topology, workloads: world.topology.workloads.filter(one => asked.has(one))},
		world.stack,
	);
	const groups = new Map<string, {flow: Flow; flows: number; members: Map<string, Member>}>();
	let flows = 0;
	for (const from of sources)
		for (const {unit: to, ports} of destinations)
			for (const {flow, count, members} of cellsOf(from, to, ports, question)) {
				flows += count;
				const key = answerKey(evaluator.verdict(flow, placement));
				const group = groups.get(key) ?? {flow, flows: 0, members: new Map<string, Member>()};
				groups.set(key, group);
				group.flows += count;
				for (const member of members) group.members.set(JSON.stringify(member), member);
			}
	if (groups.size === 0) return nothingToAsk(question);
	const explained = [...groups.values()]
		.sort((a, b) => b.flows - a.flows)
		.map(({flow, flows: count, members}, at) => {
			const found = explainFlow(world, flow, placement);
			const weighed = weigh({world, flow, placement}, at < mostWeighed ? found.changes : []);
			const effects = weighed.map(one => one.effects);
			const explanation = weighed.length === 0 ? found : {...found, changes: weighed.map(({change}) => change)};
			return {explanation, effects, flows: count, members: [...members.values()]};
		});
	return {kind: 'ok', value: {question, flows, groups: explained}, warnings: []};
}

/** Changes with what else they do; of as many edits, the one that does least else comes first. */
function weigh(trial: Trial, changes: readonly Change[]): readonly {change: Change; effects: SideEffects}[] {
	const weight = ({opens, closes, breaks}: SideEffects): number => (opens ?? 0) + (closes ?? 0) + breaks.length;
	if (changes.length === 0) return [];
	const effectsOf = sideEffects(trial);
	return changes
		.map(change => ({change, effects: effectsOf(change.edits)}))
		.sort((a, b) => a.change.edits.length - b.change.edits.length || weight(a.effects) - weight(b.effects));
}

const answerKey = ({action, rule, direction, egress, ingress, asIf}: Verdict): string =>
	[action, rule.id, direction, egress?.rule.id, ingress?.rule.id, asIf.action, asIf.rule.id].join(' ');

function nothingToAsk({source, destination}: Question): Parsed<Answer> {
	const names = (end: EndText): readonly string[] => everyoneAt(end).map(({name}) => name);
	const [from, to] = [names(source), names(destination)];
	const itself = from.length === 1 && to.length === 1 && from[0] === to[0];
	return wrong(
		`${source.text} and ${destination.text} have no pair of addresses to talk between`,
		itself ? 'a workload always reaches itself' : 'they share no address family',
	);
}

const wrong = (what: string, mend: string): Parsed<Answer> => ({
	kind: 'wrong',
	problems: [{where: {file: 'FLOW', line: 1, column: 1}, what, mend}],
});
