// The changes that allow a denied flow. Each end that denies needs one; each guardrail on the way one more.
import type {Direction, EndVerdict, Selector} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {labelOf} from '../policy/selector.ts';
import {chainOf, type Step} from './chain.ts';
import {applyEdits, type Edit} from './edit.ts';
import {ruleReasons} from './match-reasons.ts';
import {newPolicy, newRule} from './new-rule.ts';
import {matchOf, pointAt, portOf} from './pointing.ts';
import {askedIn, type Trial, verdictAfter} from './trial.ts';
import {kindName} from './words.ts';

/** More changes than this are no small change; each of them removes one obstacle, so the search ends anyway. */
const mostEdits = 24;

/**
 * `ports`: a rule that lacks only the port gets it, where there is one. `rules`: a rule of its own in the policy that
 * denies. `policies`: where a NetworkPolicy isolates many, a policy of its own for this end.
 */
type Manner = 'ports' | 'rules' | 'policies';

/** Ways to allow the flow, each tried; the ones with the fewest edits first. Empty only where none was found. */
export function openings(trial: Trial): readonly (readonly Edit[])[] {
	const isolated = trial.world.stack.some(({isolates}) => isolates);
	const manners = (['ports', 'rules', ...(isolated ? (['policies'] as const) : [])] as const).map(manner =>
		openedBy(trial, manner),
	);
	const found = [...manners, ...relabellings(trial)].filter(edits => edits !== null);
	const distinct = [...new Map(found.map(edits => [JSON.stringify(edits), edits])).values()];
	return distinct.sort((a, b) => a.length - b.length);
}

/** One obstacle after the other, each where the flow now fails. */
function openedBy(trial: Trial, manner: Manner): readonly Edit[] | null {
	const edits: Edit[] = [];
	while (edits.length < mostEdits) {
		const verdict = verdictAfter(trial, edits);
		if (verdict.action === 'allow') return pruned(trial, edits);
		const world = applyEdits(trial.world, edits);
		edits.push(mended({...trial, world}, verdict.direction, verdict, manner));
	}
	return null;
}

/** Without the edits that a later one made needless: a rule of another policy may serve both ends. */
function pruned(trial: Trial, edits: readonly Edit[]): readonly Edit[] {
	let kept = edits;
	for (const edit of edits.length > 1 ? edits : []) {
		const rest = kept.filter(one => one !== edit);
		if (verdictAfter(trial, rest).action === 'allow') kept = rest;
	}
	return kept;
}

/** What takes the denying rule's word away from this flow. */
function mended(trial: Trial, direction: Direction, {rule: denying}: EndVerdict, manner: Manner): Edit {
	const {world, flow} = trial;
	const policy = world.stack.find(({id}) => denying.id.startsWith(`${id}.`))!;
	const kubernetes = policy.dialect === 'kubernetes';
	const asked = askedIn(world, flow);
	const match = matchOf(asked, {...policy, world, direction});
	const added = (tier: 'guardrails' | 'rules' | 'baseline', before: string | null): Edit => ({
		kind: 'add-rule',
		policy: policy.id,
		tier,
		before,
		rule: newRule(world.stack, policy, {
			...match,
			name: `${kindName(asked.source)} reaches ${kindName(asked.destination)}`,
			action: 'allow',
			direction: kubernetes ? direction : null,
		}),
	});
	if (denying.tier === 'guardrails')
		return kubernetes ? added('guardrails', denying.id) : {kind: 'add-exception', rule: denying, unless: match};
	if (denying.tier === 'isolation' && manner === 'policies') {
		const end = direction === 'egress' ? asked.source : asked.destination;
		const applies = pointAt(end, world, policy.dialect, policy.where);
		const name = `${kindName(asked.source)} reaches ${kindName(asked.destination)}`;
		return {
			kind: 'add-policy',
			policy: newPolicy(world.stack, {dialect: policy.dialect, applies, direction, match, action: 'allow', name}),
		};
	}
	if (denying.tier === 'baseline' && kubernetes) return added('baseline', denying.id);
	const step = manner === 'ports' ? lacksPort(trial, direction) : undefined;
	return step === undefined ? added('rules', null) : {kind: 'add-ports', rule: step.rule, on: [portOf(flow)]};
}

/** A rule in force at that end that would match, were it not for the port. */
const lacksPort = ({world, flow, placement}: Trial, direction: Direction): Step | undefined =>
	chainOf(world.stack, direction, askedIn(world, flow), placement).steps.find(
		({rule, misses, reasons}) =>
			rule.tier === 'rules' && misses === 1 && reasons.some(({about, holds}) => about === 'port' && !holds),
	);

/** One label at one end that alone allows the flow: what a rule wanted, where it wanted nothing else. */
function relabellings(trial: Trial): readonly (readonly Edit[])[] {
	const {world, flow} = trial;
	const asked = askedIn(world, flow);
	const wanted = new Map<string, Edit>();
	for (const rule of world.stack.flatMap(({rules}) => rules)) {
		if (ruleReasons(rule, asked).misses !== 1) continue;
		for (const [{workload}, selector] of [
			[asked.source, rule.from],
			[asked.destination, rule.to],
		] as const)
			for (const {key, value} of workload === null ? [] : labelsWanted(workload, selector)) {
				const workloads = world.topology.workloads.filter(({kind}) => kind === workload!.kind).map(({name}) => name);
				wanted.set(`${workload!.kind}\0${key}\0${value}`, {kind: 'set-label', workloads, key, value});
			}
	}
	return [...wanted.values()].filter(edit => verdictAfter(trial, [edit]).action === 'allow').map(edit => [edit]);
}

/** Labels that a selector asks for and the workload lacks, one value each; what it has is not written over. */
const labelsWanted = ({labels}: Workload, selector: Selector): readonly {key: string; value: string}[] =>
	selector
		.flatMap(({requirements}) => requirements)
		.flatMap(requirement => {
			// An environment is more than its label: a workload does not move by being called otherwise.
			if (requirement.kind !== 'label' || !requirement.wanted || requirement.key === 'env') return [];
			const {key, values} = requirement;
			const [value] = values ?? [];
			return value === undefined || labelOf(labels, key) !== undefined ? [] : [{key, value}];
		});
