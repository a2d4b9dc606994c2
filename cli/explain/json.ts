// The answer for programs: one object, schema `firebreak/explain/v1`.
import type {Chain, Step} from '../../core/explain/chain.ts';
import type {World} from '../../core/explain/edit.ts';
import {editText} from '../../core/explain/edit-text.ts';
import type {Change, Explanation} from '../../core/explain/explain.ts';
import type {SideEffects} from '../../core/explain/side-effects.ts';
import {policyTitle, ruleTitle} from '../../core/explain/titles.ts';
import {placeText} from '../../core/measure/rule-text.ts';
import {renderFlow} from '../../core/model/flow.ts';
import type {RuleRef, Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {safe} from '../report/json.ts';
import type {Explained} from './text.ts';

/** Every candidate in full, with every rule of the chains; ends in a newline. */
export function renderExplanationJson(topology: Topology, explained: readonly Explained[]): string {
	const {source, destination, portText} = explained[0]!.answer.question;
	const value = {
		schema: 'firebreak/explain/v1',
		question: {source: source.text, destination: destination.text, port: portText},
		candidates: explained.map(({candidate, answer}) => ({
			candidate: candidate.name,
			placement: candidate.placement,
			flows: answer.flows,
			answers: answer.groups.map(({flows, members, explanation, effects}) => ({
				flows,
				members: members.map(({source: from, destination: to, port}) => ({source: from, destination: to, ...port})),
				...explanationOf(explanation, effects, {topology, stack: candidate.stack}),
			})),
		})),
	};
	return `${safe(JSON.stringify(value, null, '\t'))}\n`;
}

function explanationOf(
	{flow, verdict, egress, ingress, changes}: Explanation,
	effects: readonly SideEffects[],
	world: World,
): object {
	const {stack} = world;
	return {
		flow: renderFlow(flow),
		verdict: verdict.action,
		rule: ruleOf(verdict.rule, stack),
		direction: verdict.direction,
		asIf: {verdict: verdict.asIf.action, rule: ruleOf(verdict.asIf.rule, stack), direction: verdict.asIf.direction},
		leaving: chainOf(egress, stack),
		entering: chainOf(ingress, stack),
		changes: changes.map((change, at) => ({...changeOf(change, world), effects: effects[at] ?? null})),
	};
}

const ruleOf = (rule: RuleRef, stack: Stack): object => ({
	id: rule.id,
	name: rule.name,
	tier: rule.tier,
	policy: rule.policy,
	title: ruleTitle(stack, rule),
	where: rule.where === null ? null : placeText(rule.where),
});

function chainOf({unjudged, policies, verdict, steps, asIf}: Chain, stack: Stack): object {
	const titles = new Map(stack.map(policy => [policy.id, policyTitle(policy)]));
	return {
		judged: unjudged === null,
		why: unjudged,
		verdict: verdict?.action ?? null,
		asIf: asIf.verdict?.action ?? null,
		policies: policies.map(({id, name, where, state, why}) => ({
			id,
			name,
			title: titles.get(id),
			where: placeText(where),
			state,
			why,
		})),
		steps: [...steps, ...asIf.steps].map(step => stepOf(step, stack)),
	};
}

const stepOf = ({rule, action, reached, matches, decides, observes, misses, reasons}: Step, stack: Stack): object => ({
	...ruleOf(rule, stack),
	action,
	reached,
	matches,
	decides,
	observes,
	misses,
	reasons,
});

const changeOf = ({edits, guardrails}: Change, world: World): object => ({
	guardrails: guardrails.map(rule => ruleOf(rule, world.stack)),
	edits: edits.map(edit => {
		const {says, where, yaml} = editText(world, edit);
		return {kind: edit.kind, says, where: where === null ? null : placeText(where), yaml};
	}),
});
