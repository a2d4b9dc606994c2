// An imported policy as native ones: one for each direction, since a Kubernetes rule speaks for one end only.
import type {Direction, Match, Policy, PortMatch, Rule, Stack} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {type NativeNames, plain} from './native-names.ts';
import type {NativeTerm, SelectorWriter} from './native-selector.ts';

export interface NativePolicy {
	/** Unique over the stack, fit for a file's name. */
	readonly name: string;
	/** The file's content, keys in the order in which people read them. */
	readonly value: Readonly<Record<string, unknown>>;
	/** Sentences for the head of the file: what it was, and what of it matches nothing and was left out. */
	readonly notes: readonly string[];
}

export interface PolicyInput {
	readonly topology: Topology;
	readonly stack: Stack;
	readonly names: NativeNames;
	readonly selectors: SelectorWriter;
}

/** The stack natively, in its order. A policy that speaks for no workload is left out. */
export function nativePolicies(input: PolicyInput): readonly NativePolicy[] {
	const taken = new Set<string>();
	const hasBaseline = input.stack.some(({baseline}) => baseline.length > 0);
	return input.stack.flatMap(policy => {
		const applies = input.selectors.write(policy.applies);
		if (applies.length === 0) return [];
		return policy.directions.map(direction => {
			const stem = plain(policy.directions.length > 1 ? `${policy.name}-${direction}` : policy.name);
			let name = stem;
			for (let number = 2; taken.has(name); number++) name = `${stem}-${number}`;
			taken.add(name);
			return writePolicy(policy, direction, {...input, name, applies, hasBaseline});
		});
	});
}

function writePolicy(
	policy: Policy,
	direction: Direction,
	{
		name,
		applies,
		hasBaseline,
		...input
	}: PolicyInput & {readonly name: string; readonly applies: readonly NativeTerm[]; readonly hasBaseline: boolean},
): NativePolicy {
	const notes = [`imported from ${policy.where.file}:${policy.where.line}`];
	const tier = (rules: readonly Rule[]): readonly unknown[] =>
		rules
			.filter(rule => rule.direction === null || rule.direction === direction)
			.flatMap(rule => {
				const written = writeRule(rule, direction, input);
				if (written === null)
					notes.push(`left out, for nothing here matches it: ${rule.name} (line ${rule.where.line})`);
				return written ?? [];
			});
	const isolation = {deny: 'isolation: what no rule allows', [direction === 'ingress' ? 'from' : 'to']: everyone};
	const baseline = [...(policy.isolates && hasBaseline ? [isolation] : []), ...tier(policy.baseline)];
	return {
		name,
		notes,
		value: {
			policy: name,
			default: policy.isolates ? 'deny' : 'allow',
			directions: [direction],
			...(applies.length === 1 && Object.keys(applies[0]!).length === 0 ? {} : {applies: onlyOne(applies)}),
			...nonEmpty('guardrails', tier(policy.guardrails)),
			...nonEmpty('rules', tier(policy.rules)),
			...nonEmpty('baseline', baseline),
		},
	};
}

const everyone: NativeTerm = {cidr: ['0.0.0.0/0', '::/0']};

const nonEmpty = (key: string, list: readonly unknown[]): object => (list.length === 0 ? {} : {[key]: list});

const onlyOne = (terms: readonly NativeTerm[]): NativeTerm | readonly NativeTerm[] =>
	terms.length === 1 ? terms[0]! : terms;

/** Null where no workload and no port that is there matches it. */
function writeRule(rule: Rule, direction: Direction, input: Omit<PolicyInput, 'stack'>): object | null {
	const [side, far] = direction === 'ingress' ? (['from', rule.from] as const) : (['to', rule.to] as const);
	const peers = input.selectors.write(far);
	const on = portsOf(rule, input);
	if (peers.length === 0 || on?.length === 0) return null;
	return {[rule.action]: rule.name, [side]: onlyOne(peers), ...(on === null ? {} : {on})};
}

function portsOf({on}: Match, {topology, names}: Omit<PolicyInput, 'stack'>): readonly (string | number)[] | null {
	if (on === null) return null;
	return [...new Set(on.flatMap(match => portOf(match, topology, names)))];
}

function portOf(match: PortMatch, {workloads}: Topology, names: NativeNames): readonly (string | number)[] {
	switch (match.kind) {
		case 'protocol':
			return [match.protocol];
		case 'range':
			return [`${match.first}${match.last === match.first ? '' : `-${match.last}`}/${match.protocol}`];
		case 'service': {
			const services = workloads.flatMap(({services: all}) =>
				all.filter(({name, alsoNamed}) => name === match.name || alsoNamed?.includes(match.name) === true),
			);
			return services
				.filter(({protocol}) => match.protocol === null || match.protocol === protocol)
				.map(({name, protocol}) => names.service(name, protocol));
		}
		default:
			return match satisfies never;
	}
}
