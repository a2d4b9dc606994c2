// Why a rule matches a flow or not: its two ends, the port, the relations, the exceptions.
import type {Flow} from '../model/flow.ts';
import type {Match, Rule, Selector} from '../model/policy.ts';
import {portRanges, portsInclude} from '../policy/port.ts';
import {related, relationValues} from '../policy/relation.ts';
import type {End, Networks} from '../policy/selector.ts';
import type {Reason} from './reason.ts';
import {nearestTerm, selectorReasons} from './requirement-reason.ts';
import {endName, flowPort, orList, portWord, portWordAt} from './words.ts';

/** A flow with its ends looked up. */
export interface Asked {
	readonly flow: Flow;
	readonly source: End;
	readonly destination: End;
	readonly networks: Networks;
}

export interface MatchReasons {
	readonly matches: boolean;
	/** What holds and what does not, in the order: source, destination, relations, port, exceptions. */
	readonly reasons: readonly Reason[];
	/** How many of them do not hold: 1 is a rule that almost matched. */
	readonly misses: number;
}

/** A rule on a flow, its exceptions included. */
export function ruleReasons(rule: Rule, asked: Asked): MatchReasons {
	const plain = matchReasons(rule, asked);
	if (!plain.matches || rule.unless.length === 0) return plain;
	const exceptions = rule.unless.map(exception => matchReasons(exception, asked));
	const excepted = exceptions.findIndex(({matches}) => matches);
	const number = rule.unless.length === 1 ? 'its exception' : `exception ${excepted + 1} of ${rule.unless.length}`;
	if (excepted === -1) return withReason(plain, {about: 'exception', holds: true, text: noException(exceptions)});
	const why = saying(exceptions[excepted]!.reasons);
	return withReason(plain, {about: 'exception', holds: false, text: `${number} holds${why === '' ? '' : `: ${why}`}`});
}

/** A match alone, without exceptions. */
export function matchReasons(match: Match, asked: Asked): MatchReasons {
	const reasons = [
		...endReasons(match.from, 'source', asked),
		...endReasons(match.to, 'destination', asked),
		...relationReasons(match, asked),
		...portReasons(match, asked),
	];
	const misses = reasons.filter(({holds}) => !holds).length;
	return {matches: misses === 0, reasons, misses};
}

const withReason = ({reasons, misses}: MatchReasons, reason: Reason): MatchReasons => ({
	matches: misses === 0 && reason.holds,
	reasons: [...reasons, reason],
	misses: misses + (reason.holds ? 0 : 1),
});

const saying = (reasons: readonly Reason[]): string => reasons.map(({text}) => text).join(', ');

function noException(exceptions: readonly MatchReasons[]): string {
	const nearest = [...exceptions].sort((a, b) => a.misses - b.misses)[0]!;
	const why = saying(nearest.reasons.filter(({holds}) => !holds));
	return `${exceptions.length === 1 ? 'its exception does not hold' : `none of its ${exceptions.length} exceptions holds`}: ${why}`;
}

/** The term that holds, or the one that came nearest, and then only what it lacks. */
function endReasons(
	selector: Selector,
	about: 'source' | 'destination',
	{networks, ...ends}: Asked,
): readonly Reason[] {
	const end = ends[about];
	const terms = selectorReasons(selector, {end, about, networks});
	const held = terms.find(term => term.holds);
	if (held !== undefined) return held.reasons;
	const near = nearestTerm(terms);
	return near === undefined
		? [{about, holds: false, text: `it selects nobody, so not ${endName(end)} either`}]
		: near.reasons.filter(({holds}) => !holds);
}

function portReasons({on}: Match, {flow, destination: {workload}}: Asked): readonly Reason[] {
	if (on === null) return [];
	const port = flowPort(flow);
	if (!portsInclude(on, flow, workload)) {
		const words = orList(on.map(one => portWordAt(one, workload)));
		return [{about: 'port', holds: false, text: `port ${port}, wanted ${words || 'none'}`}];
	}
	const by = on.find(one =>
		portRanges(one, workload).some(
			({protocol, first, last}) => protocol === flow.protocol && first <= flow.port && flow.port <= last,
		),
	)!;
	const word = portWord(by);
	const one = portRanges(by, workload).every(({first, last}) => first === last);
	return [
		{about: 'port', holds: true, text: word === port ? `port ${port}` : `port ${port} is ${one ? '' : 'in '}${word}`},
	];
}

function relationReasons(match: Match, {source, destination}: Asked): readonly Reason[] {
	const {same, differ} = match;
	const asks = (only: Partial<Match>): boolean =>
		related({...match, same: [], differ: [], ...only}, source.workload, destination.workload);
	const sames = same.map((key): Reason => {
		const holds = asks({same: [key]});
		const text = holds
			? `same ${key} ${valuesOf(key, source).join(', ')}`
			: `${comparison(key, source, destination)}, wanted the same`;
		return {about: 'relation', holds, text};
	});
	if (differ.length === 0) return sames;
	const unequal = differ.filter(key => asks({differ: [key]}));
	const words = (unequal.length > 0 ? unequal.slice(0, 1) : differ).map(key => comparison(key, source, destination));
	const holds = unequal.length > 0;
	return [
		...sames,
		{about: 'relation', holds, text: holds ? words.join() : `${words.join('; ')}, wanted different ones`},
	];
}

const valuesOf = (key: string, {workload}: End): readonly string[] =>
	workload === null ? [] : relationValues(key, workload);

/** `env dev ≠ prod`, `both have env prod`, `wiki.dev has no tier`. */
function comparison(key: string, source: End, destination: End): string {
	const [left, right] = [valuesOf(key, source), valuesOf(key, destination)];
	const without = [source, destination].filter((_, at) => [left, right][at]!.length === 0).map(endName);
	if (without.length > 0)
		return `${orList([...new Set(without)], 'and')} ${without.length === 1 ? 'has' : 'have'} no ${key}`;
	const shared = left.filter(value => right.includes(value));
	return shared.length > 0
		? `both have ${key} ${shared.join(', ')}`
		: `${key} ${left.join(', ')} ≠ ${right.join(', ')}`;
}
