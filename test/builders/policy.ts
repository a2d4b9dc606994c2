// Policies as a test reads them: `policies({rules: [allow('web calls db', {from: {tier: 'web'}, on: ['5432/tcp']})]})`.
import type {Action, Direction, Match, Mode, Policy, Rule, Stack} from '../../core/model/policy.ts';
import {place} from './place.ts';
import {port, type SelectorSpec, selector} from './selector.ts';

export interface MatchSpec {
	readonly from?: SelectorSpec;
	readonly to?: SelectorSpec;
	readonly same?: readonly string[];
	readonly differ?: readonly string[];
	readonly on?: readonly string[];
}

export interface RuleSpec extends MatchSpec {
	readonly unless?: readonly MatchSpec[];
	readonly mode?: Mode;
	readonly direction?: Direction;
}

interface NamedRule extends RuleSpec {
	readonly action: Action;
	readonly name: string;
}

export interface PolicySpec
	extends Partial<Omit<Policy, 'guardrails' | 'rules' | 'baseline' | 'applies' | 'enforce' | 'where' | 'id'>> {
	readonly applies?: SelectorSpec;
	readonly enforce?: SelectorSpec;
	readonly guardrails?: readonly NamedRule[];
	readonly rules?: readonly NamedRule[];
	readonly baseline?: readonly NamedRule[];
}

export const allow = (name: string, spec: RuleSpec = {}): NamedRule => ({action: 'allow', name, ...spec});
export const deny = (name: string, spec: RuleSpec = {}): NamedRule => ({action: 'deny', name, ...spec});
export const pass = (name: string, spec: RuleSpec = {}): NamedRule => ({action: 'pass', name, ...spec});

/** The policies in force together, `p0`, `p1` …; their rules are `p0.g1`, `p0.r1`, `p0.b1` … in order. */
export const policies = (...specs: readonly PolicySpec[]): Stack => specs.map(policy);

function policy(spec: PolicySpec, at: number): Policy {
	const id = `p${at}`;
	const where = place(`${id}.policy.yaml`, 1);
	const {guardrails, rules, baseline, applies, enforce, ...rest} = spec;
	return {
		name: id,
		id,
		dialect: 'native',
		default: 'deny',
		mode: 'enforce',
		directions: ['ingress', 'egress'],
		established: 'keep',
		denied: 'drop',
		isolates: false,
		...rest,
		applies: selector(applies ?? {}),
		enforce: selector(enforce ?? {}),
		guardrails: numbered(`${id}.g`, guardrails),
		rules: numbered(`${id}.r`, rules),
		baseline: numbered(`${id}.b`, baseline),
		where,
	};
}

const numbered = (prefix: string, rules: readonly NamedRule[] = []): readonly Rule[] =>
	rules.map(({action, name, unless, mode, direction, ...match}, at) => ({
		id: `${prefix}${at + 1}`,
		name,
		action,
		mode: mode ?? 'enforce',
		direction: direction ?? null,
		unless: (unless ?? []).map(matching),
		note: null,
		where: place(`${prefix.slice(0, 2)}.policy.yaml`, at + 2),
		...matching(match),
	}));

/** `from` and `to` left out are every workload, `on` left out is everything. */
export const matching = ({from, to, same, differ, on}: MatchSpec): Match => ({
	from: selector(from ?? {}),
	to: selector(to ?? {}),
	same: same ?? [],
	differ: differ ?? [],
	on: on?.map(port) ?? null,
});
