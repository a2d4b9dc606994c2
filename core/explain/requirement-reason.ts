// Why a requirement holds for an end or not, in the words of the user's file. `holds` (core/policy) decides; this words it.
import type {Requirement, Term} from '../model/policy.ts';
import {covers, parseAddress, parseCidr} from '../policy/address.ts';
import {type End, holds, labelOf, type Networks, reaches} from '../policy/selector.ts';
import type {Reason} from './reason.ts';
import {endName, orList} from './words.ts';

type About = 'source' | 'destination';

/** A term of a selector at an end: it holds where all of `reasons` do. */
export interface TermReasons {
	readonly term: Term;
	readonly holds: boolean;
	/** One a requirement, in their order; where the term cannot mean this end at all, that alone. */
	readonly reasons: readonly Reason[];
}

/** The terms of `selector`, in their order; the selector holds where one of them does. */
export const selectorReasons = (
	selector: readonly Term[],
	{end, about, networks}: {readonly end: End; readonly about: About; readonly networks: Networks},
): readonly TermReasons[] =>
	selector.map(term => {
		const reasons = reaches(term.reach, end.workload)
			? term.requirements.map(requirement => requirementReason(requirement, {end, about, networks}))
			: [{about, holds: false, text: beyondReach(term, end)}];
		return {term, holds: reasons.every(reason => reason.holds), reasons};
	});

/** One requirement at an end. */
export function requirementReason(
	requirement: Requirement,
	{end, about, networks}: {readonly end: End; readonly about: About; readonly networks: Networks},
): Reason {
	const held = holds(requirement, end, networks);
	const {found, wanted} = compared(requirement, end, networks);
	return {about, holds: held, text: held || wanted === '' ? found : `${found}, wanted ${wanted}`};
}

interface Compared {
	/** What the end has, as a sentence. */
	readonly found: string;
	/** What the requirement asks for; empty where `found` says it. */
	readonly wanted: string;
}

function compared(requirement: Requirement, end: End, networks: Networks): Compared {
	const name = endName(end);
	switch (requirement.kind) {
		case 'label':
			return label(requirement, name, labelOf(end.workload?.labels ?? {}, requirement.key));
		case 'namespace-label': {
			const namespace = end.workload?.namespace ?? null;
			const whose = namespace === null ? `${name}, in no namespace,` : `namespace ${namespace}`;
			return label(requirement, whose, labelOf(end.workload?.namespaceLabels ?? {}, requirement.key));
		}
		case 'namespace': {
			const namespace = end.workload?.namespace ?? null;
			const found = namespace === null ? `${name} is in no namespace` : `${name} is in namespace ${namespace}`;
			return {found, wanted: named(requirement)};
		}
		case 'workload':
			return {found: byName(requirement, end, name), wanted: ''};
		case 'network': {
			const segments = end.workload?.segments ?? [];
			return {found: `${name} lies in ${orList(segments, 'and') || 'no network'}`, wanted: named(requirement)};
		}
		case 'cidr':
			return range(requirement, end, name);
		case 'is':
			return defined(requirement, {end, networks, name});
		default:
			return requirement satisfies never;
	}
}

function label(
	{key, values, wanted}: {readonly key: string; readonly values: readonly string[] | null; readonly wanted: boolean},
	whose: string,
	value: string | undefined,
): Compared {
	const found = value === undefined ? `${whose} has no label ${key}` : `${whose} has ${key} ${value}`;
	if (values === null) return {found, wanted: wanted ? 'any value' : 'no such label'};
	return {found, wanted: `${wanted ? '' : 'any but '}${orList(values) || 'a value that none has'}`};
}

const named = ({names, wanted}: {readonly names: readonly string[]; readonly wanted: boolean}): string =>
	`${wanted ? '' : 'any but '}${orList(names)}`;

function byName(
	{names, wanted}: {readonly names: readonly string[]; readonly wanted: boolean},
	{workload}: End,
	name: string,
): string {
	const own = workload === null ? [] : [workload.name, workload.kind, workload.base];
	const met = names.find(one => own.includes(one));
	if (met === undefined) return `${name} is not ${orList(names)}`;
	return wanted ? `${name} is ${met === name ? 'named' : `one of ${met}`}` : `${name} is left out by name`;
}

function range(
	{cidrs, except}: Extract<Requirement, {kind: 'cidr'}>,
	{workload, address}: End,
	name: string,
): Compared {
	const at = parseAddress(address);
	const whose = workload === null ? name : `${name} (${address})`;
	const inside = cidrs.find(cidr => covers(parseCidr(cidr), at));
	if (inside === undefined) return {found: `${whose} lies outside ${orList(cidrs)}`, wanted: ''};
	const excepted = except.find(cidr => covers(parseCidr(cidr), at));
	return excepted === undefined
		? {found: `${whose} lies in ${inside}`, wanted: ''}
		: {found: `${whose} lies in ${excepted}, excepted from ${inside}`, wanted: ''};
}

/** A defined name says why by the term that came nearest. */
function defined(
	{name: set, selector}: Extract<Requirement, {kind: 'is'}>,
	{end, networks, name}: {readonly end: End; readonly networks: Networks; readonly name: string},
): Compared {
	const terms = selectorReasons(selector, {end, about: 'source', networks});
	if (terms.some(term => term.holds)) return {found: `${name} is in the set ${set}`, wanted: ''};
	const near = nearestTerm(terms)?.reasons.filter(reason => !reason.holds) ?? [];
	const why = near.map(({text}) => text).join('; ');
	return {found: `${name} is not in the set ${set}${why === '' ? '' : ` (${why})`}`, wanted: ''};
}

/** The term that lacks least, the first of those; undefined for a selector without terms. */
export function nearestTerm(terms: readonly TermReasons[]): TermReasons | undefined {
	const lacking = ({reasons}: TermReasons): number => reasons.filter(({holds: held}) => !held).length;
	return [...terms].sort((a, b) => lacking(a) - lacking(b))[0];
}

function beyondReach({reach}: Term, end: End): string {
	const name = endName(end);
	if (end.workload === null)
		return reach === 'outside' ? `${name} is no outside host of the topology` : `no workload owns ${name}`;
	return reach === 'outside' ? `${name} is no outside host` : `${name} stands outside`;
}
