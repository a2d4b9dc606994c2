// Selectors as LANGUAGE.md writes them, for tests: `{tier: 'web'}`, `{cidr: '10.0.0.0/8', except: '10.1.0.0/16'}`.
import type {PortMatch, Requirement, Selector, Term} from '../../core/model/policy.ts';
import {place} from './place.ts';

type Values = string | readonly string[];
type Condition = Values | {readonly not: Values};
export type TermSpec = Readonly<Record<string, Condition | boolean>>;
export type SelectorSpec = TermSpec | readonly TermSpec[];

const list = (values: Values): readonly string[] => (typeof values === 'string' ? [values] : values);

/** A list holds when any of its terms does; `{}` is every workload; `{cidr: …}` and `{any: true}` may be any address. */
export const selector = (spec: SelectorSpec): Selector => (Array.isArray(spec) ? spec : [spec]).map(term);

function term(spec: TermSpec): Term {
	const {outside, any, cidr, except, ...rest} = spec;
	const requirements = Object.entries(rest).map(([key, condition]) => requirement(key, condition as Condition));
	const range: readonly Requirement[] =
		cidr === undefined ? [] : [{kind: 'cidr', cidrs: list(cidr as Values), except: list((except ?? []) as Values)}];
	return {
		reach: outside === true ? 'outside' : cidr !== undefined || any === true ? 'anything' : 'workloads',
		requirements: [...requirements, ...range],
		where: place('test.policy.yaml', 1),
	};
}

function requirement(key: string, condition: Condition): Requirement {
	const wanted = typeof condition === 'string' || Array.isArray(condition);
	const values = list(wanted ? (condition as Values) : (condition as {not: Values}).not);
	if (key === 'workload' || key === 'network' || key === 'namespace') return {kind: key, names: values, wanted};
	const label = key.startsWith('namespace.')
		? {kind: 'namespace-label' as const, key: key.slice('namespace.'.length)}
		: {kind: 'label' as const, key};
	return {...label, values: values.includes('*') ? null : values, wanted};
}

/** `5432/tcp`, `8000-8080/udp`, `tcp`, `icmp`, or a service's name: `postgres`, `names/udp`. */
export function port(text: string): PortMatch {
	if (text === 'tcp' || text === 'udp' || text === 'icmp' || text === 'sctp') return {kind: 'protocol', protocol: text};
	const [, first, last, protocol] = /^(\d+)(?:-(\d+))?\/(tcp|udp|sctp)$/.exec(text) ?? [];
	if (first !== undefined)
		return {
			kind: 'range',
			protocol: protocol as 'tcp',
			first: Number(first),
			last: Number(last ?? first),
		};
	const [name = '', of = null] = text.split('/');
	return {kind: 'service', name, protocol: of as 'tcp' | null};
}
