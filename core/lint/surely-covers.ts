// Whether one rule means all that another one means, whatever workloads there are: by their words alone. It says no
// where it is not sure; what it says yes to can be taken away for good.
import type {Match, PortMatch, Requirement, Selector} from '../model/policy.ts';
import {covers, parseCidr} from '../policy/address.ts';
import {portRanges} from '../policy/port.ts';
import {difference, portSet} from '../reach/port-set.ts';
import type {WrittenRule} from './subject.ts';

/** `outer` does all that `inner` does, at every end that `inner` speaks for. */
export function surelyCovers(outer: WrittenRule, inner: WrittenRule): boolean {
	const {policy: wide, rule: a} = outer;
	const {policy: narrow, rule: b} = inner;
	const sameEnds =
		wide === narrow ||
		(selectorCovers(wide.applies, narrow.applies) &&
			narrow.directions.every(direction => wide.directions.includes(direction)) &&
			wide.mode === narrow.mode &&
			selectorCovers(wide.enforce, narrow.enforce));
	return (
		sameEnds &&
		outer.tier === inner.tier &&
		a.action === b.action &&
		a.mode === b.mode &&
		(a.direction === null || a.direction === b.direction) &&
		a.unless.every(exception => b.unless.some(other => textOf(other) === textOf(exception))) &&
		matchCovers(a, b)
	);
}

function matchCovers(outer: Match, inner: Match): boolean {
	const differ =
		outer.differ.length === 0 || (inner.differ.length > 0 && inner.differ.every(key => outer.differ.includes(key)));
	return (
		selectorCovers(outer.from, inner.from) &&
		selectorCovers(outer.to, inner.to) &&
		outer.same.every(key => inner.same.includes(key)) &&
		differ &&
		portsCover(outer.on, inner.on)
	);
}

function portsCover(outer: readonly PortMatch[] | null, inner: readonly PortMatch[] | null): boolean {
	if (outer === null) return true;
	if (inner === null) return false;
	const all = portSet(outer.flatMap(match => portRanges(match, null)));
	return inner.every(match =>
		match.kind === 'service'
			? outer.some(
					other =>
						other.kind === 'service' &&
						other.name === match.name &&
						(other.protocol === null || other.protocol === match.protocol),
				)
			: difference(portSet(portRanges(match, null)), all).length === 0,
	);
}

const selectorCovers = (outer: Selector, inner: Selector): boolean =>
	inner.every(narrow =>
		outer.some(
			wide =>
				(wide.reach === 'anything' || wide.reach === narrow.reach) &&
				wide.requirements.every(wanted => narrow.requirements.some(given => implies(given, wanted))),
		),
	);

/** Whoever fulfils `given` fulfils `wanted`. */
function implies(given: Requirement, wanted: Requirement): boolean {
	if (textOf(given) === textOf(wanted)) return true;
	if (given.kind === 'cidr' && wanted.kind === 'cidr')
		return (
			given.cidrs.every(cidr => wanted.cidrs.some(outer => covers(parseCidr(outer), parseCidr(cidr)))) &&
			wanted.except.every(hole => given.except.some(outer => covers(parseCidr(outer), parseCidr(hole))))
		);
	if (given.kind === 'is' || given.kind === 'cidr' || given.kind !== wanted.kind) return false;
	if ('key' in given && 'key' in wanted) return given.key === wanted.key && valuesImply(given, wanted);
	if ('names' in given && 'names' in wanted)
		return (
			given.wanted === wanted.wanted && valuesImply({...given, values: given.names}, {...wanted, values: wanted.names})
		);
	return false;
}

interface Values {
	readonly values: readonly string[] | null;
	readonly wanted: boolean;
}

/** Null is every value that there is; not wanted holds without the label too. */
function valuesImply(given: Values, wanted: Values): boolean {
	const within = (few: Values['values'], many: Values['values']): boolean =>
		many === null || few?.every(value => many.includes(value)) === true;
	if (given.wanted && wanted.wanted) return within(given.values, wanted.values);
	if (!given.wanted && !wanted.wanted) return within(wanted.values, given.values);
	if (!given.wanted || given.values === null || wanted.values === null) return false;
	return given.values.every(value => !wanted.values!.includes(value));
}

/** What it says, wherever it stands. */
const textOf = (value: unknown): string =>
	JSON.stringify(value, (key, part: unknown) => (key === 'where' ? undefined : part));
