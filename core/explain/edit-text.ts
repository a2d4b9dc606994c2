// A proposed change as a person makes it: a sentence, the place, and text that can be pasted there.
import {renderYaml} from '../files/render-yaml.ts';
import type {Policy, Rule} from '../model/policy.ts';
import type {Place} from '../model/problem.ts';
import type {Edit, World} from './edit.ts';
import {adminPolicyObject, manifestRule, networkPolicyObject} from './kubernetes-text.ts';
import {nativeMatch, nativePolicy, nativePorts, nativeRule} from './native-text.ts';
import {objectKind, policyTitle, ruleTitle} from './titles.ts';

export interface EditText {
	/** `give wiki.dev the label tier: api` */
	readonly says: string;
	/** Where to do it; null where it is a file of its own. */
	readonly where: Place | null;
	/** YAML, with the key above it; null where the sentence says it all. */
	readonly yaml: string | null;
}

export function editText({topology, stack}: World, edit: Edit): EditText {
	switch (edit.kind) {
		case 'remove-rule':
			return {says: `remove ${ruleTitle(stack, edit.rule)}`, where: edit.rule.where, yaml: null};
		case 'add-ports': {
			const ports = nativePorts(edit.on).join(', ');
			return {
				says: `add to ${ruleTitle(stack, edit.rule)} the port ${ports}`,
				where: edit.rule.where,
				yaml: null,
			};
		}
		case 'add-exception':
			return {
				says: `add to ${ruleTitle(stack, edit.rule)} the exception`,
				where: edit.rule.where,
				yaml: renderYaml({unless: [nativeMatch(edit.unless)]}),
			};
		case 'add-rule':
			return addedRule({topology, stack}, edit);
		case 'add-policy':
			return addedPolicy(edit.policy);
		case 'set-label': {
			const first = topology.workloads.find(({name}) => name === edit.workloads[0]);
			const who = edit.workloads.length === 1 ? edit.workloads[0] : first?.kind;
			return {says: `give ${who} the label ${edit.key}: ${edit.value}`, where: first?.where ?? null, yaml: null};
		}
		default:
			return edit satisfies never;
	}
}

function addedPolicy(policy: Policy): EditText {
	if (policy.dialect === 'native')
		return {says: 'add this policy', where: null, yaml: renderYaml(nativePolicy(policy))};
	return policy.isolates
		? {says: 'add this NetworkPolicy', where: null, yaml: renderYaml(networkPolicyObject(policy))}
		: {
				says: `add this ${policy.objectKind}, with a priority that no other has`,
				where: null,
				yaml: renderYaml(adminPolicyObject(policy)),
			};
}

function addedRule({stack}: World, {policy: id, tier, before, rule}: Extract<Edit, {kind: 'add-rule'}>): EditText {
	const policy = stack.find(one => one.id === id)!;
	const next = policy[tier].find(one => one.id === before);
	const title = next === undefined ? '' : ruleTitle(stack, {...next, policy: policy.name, tier});
	const ahead = next === undefined ? '' : `, before ${title}`;
	const where = next?.where ?? policy.where;
	return {
		says: `add to ${policyTitle(policy)}${ahead}`,
		where,
		yaml: ruleYaml(tier, policy.dialect, rule, objectKind(policy)),
	};
}

const ruleYaml = (tier: string, dialect: 'native' | 'kubernetes', rule: Rule, kind: string): string =>
	dialect === 'native'
		? renderYaml({[tier]: [nativeRule(rule)]})
		: renderYaml({[rule.direction ?? 'ingress']: [manifestRule(kind, rule)]});
