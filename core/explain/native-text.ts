// Proposed rules in the words of a policy file: plain values, which `renderYaml` makes text of.
import type {Match, Policy, PortMatch, Requirement, Rule, Selector} from '../model/policy.ts';
import {portWord} from './words.ts';

/** A rule as an entry of a tier. */
export const nativeRule = (rule: Rule): object => ({[rule.action]: rule.name, ...nativeMatch(rule)});

/** What a rule or an exception matches; ends that mean every workload are left out. */
export const nativeMatch = ({from, to, on}: Match): object => ({
	...end('from', from),
	...end('to', to),
	...(on === null ? {} : {on: nativePorts(on)}),
});

export const nativePorts = (on: readonly PortMatch[]): readonly string[] => on.map(portWord);

/** A new policy as the content of its file. */
export const nativePolicy = ({name, applies, directions, guardrails}: Policy): object => ({
	policy: name,
	default: 'allow',
	...end('applies', applies),
	directions,
	guardrails: guardrails.map(nativeRule),
});

function end(key: string, selector: Selector): object {
	const terms = selector.map(({reach, requirements}) => ({
		...(reach === 'outside' ? {outside: true} : {}),
		...Object.assign({}, ...requirements.map(entryOf)),
	}));
	const [first] = terms;
	if (terms.length === 1) return Object.keys(first!).length === 0 ? {} : {[key]: first};
	return {[key]: terms};
}

/** One key of a selector; a namespace is none natively, and no native rule is proposed with one. */
function entryOf(requirement: Requirement): object {
	switch (requirement.kind) {
		case 'label':
			return {[requirement.key]: tested(requirement.values ?? ['*'], requirement.wanted)};
		case 'workload':
		case 'network':
			return {[requirement.kind]: tested(requirement.names, requirement.wanted)};
		case 'cidr':
			return {
				cidr: alone(requirement.cidrs),
				...(requirement.except.length === 0 ? {} : {except: alone(requirement.except)}),
			};
		case 'is':
			return {is: requirement.name};
		case 'namespace':
		case 'namespace-label':
			return {};
		default:
			return requirement satisfies never;
	}
}

const alone = (values: readonly string[]): string | readonly string[] => (values.length === 1 ? values[0]! : values);
const tested = (values: readonly string[], wanted: boolean): unknown => (wanted ? alone(values) : {not: alone(values)});
