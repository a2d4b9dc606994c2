// Does a measured value keep to what was expected of it?
import type {Bound} from '../core/model/rehearsal.ts';
import type {MeasuredValue} from './measured-value.ts';

type Compare = Extract<Bound, {kind: 'compare'}>;

/** True or false; null where the value says nothing, or a percentage is asked of nothing. */
export function keeps(
	bound: Bound,
	found: MeasuredValue,
	sameName: (written: string, name: string) => boolean,
): boolean | null {
	if (bound.kind === 'exactly') return found.names === null ? null : keepsNames(bound.names, found.names, sameName);
	const value = bound.percent ? found.share : found.value;
	return value === null ? null : compare(bound, value);
}

function compare({operator, value: wanted}: Compare, value: number): boolean {
	switch (operator) {
		case '=':
			return value === wanted;
		case '<=':
			return value <= wanted;
		case '<':
			return value < wanted;
		case '>=':
			return value >= wanted;
		case '>':
			return value > wanted;
	}
}

const keepsNames = (
	written: readonly string[],
	names: readonly string[],
	sameName: (written: string, name: string) => boolean,
): boolean =>
	written.every(text => names.some(name => sameName(text, name))) &&
	names.every(name => written.some(text => sameName(text, name)));

/** Does it say `not more than`, so that what was not seen could still break it? */
export const isCeiling = (bound: Bound): boolean =>
	bound.kind === 'exactly' || bound.operator === '=' || bound.operator === '<=' || bound.operator === '<';

/** `0`, `<= 3`, `>= 90%`, or the names. */
export function boundText(bound: Bound): string {
	if (bound.kind === 'exactly') return bound.names.length === 0 ? 'none' : `exactly ${bound.names.join(', ')}`;
	const {operator, value, percent} = bound;
	return `${operator === '=' ? '' : `${operator} `}${percent ? percentText(value) : value}`;
}

/** What was found, in the terms of the bound. */
export function foundText(bound: Bound, {value, share, names, unknown}: MeasuredValue): string {
	if (unknown !== null) return unknown;
	if (value === Number.POSITIVE_INFINITY) return 'never';
	if (bound.kind === 'compare' && bound.percent) return share === null ? 'of nothing' : percentText(share);
	const number = value === null ? '' : Number.isInteger(value) ? `${value}` : percentText(value);
	return names === null || names.length === 0 ? number : `${number} (${names.join(', ')})`;
}

const percentText = (share: number): string => `${Number((share * 100).toFixed(1))}%`;
