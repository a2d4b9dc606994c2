// What a rehearsal expects of one measure: `0`, `<= 3`, `>= 90%`, or a list of exactly these.
import type {MeasureName} from '../model/measure-names.ts';
import type {Bound} from '../model/rehearsal.ts';
import type {BoundInput} from './rehearsal-schema.ts';
import {quote} from './wording.ts';

/** The bound with the text that reports show behind the measure's name: `<= 3`; or what is wrong with it. */
export type BoundText =
	| {readonly kind: 'ok'; readonly bound: Bound; readonly text: string}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

/** `input` as a bound on `measure`. A bare number means exactly that; a percentage is kept as its share 0..1. */
export function parseBound(input: BoundInput, measure: MeasureName): BoundText {
	if (Array.isArray(input)) {
		if (measure.lists === null)
			return wrong(`${measure.name} has no names to list`, 'write a number, such as 0 or "<= 3"');
		const bound: Bound = {kind: 'exactly', names: input};
		return {kind: 'ok', bound, text: `= ${input.length === 0 ? 'none' : input.join(', ')}`};
	}
	const [, sign = '', digits, percent = ''] = form.exec(String(input)) ?? [];
	if (digits === undefined)
		return wrong(`${quote(String(input))} is not a bound`, 'a bound is written 0, "<= 3" or ">= 90%"');
	if (percent !== '' && measure.whole === null)
		return wrong(`${measure.name} is no share of anything`, 'write a number without %');
	const share = percent !== '' || measure.whole === 'itself';
	const value = percent === '' ? Number(digits) : Number(digits) / 100;
	if (share && value > 1)
		return wrong(`${digits}${percent} is more than all`, 'a share goes from 0 to 1, or from 0% to 100%');
	const operator = operators[sign] ?? '=';
	return {
		kind: 'ok',
		bound: {kind: 'compare', operator, value, percent: percent !== ''},
		text: `${operator} ${digits}${percent}`,
	};
}

const form = /^\s*(<=|>=|==|<|>|=|≤|≥)?\s*(\d{1,12}(?:\.\d{1,6})?)\s*(%)?\s*$/;

const operators: Readonly<Record<string, Extract<Bound, {kind: 'compare'}>['operator']>> = {
	'': '=',
	'=': '=',
	'==': '=',
	'<': '<',
	'>': '>',
	'<=': '<=',
	'>=': '>=',
	'≤': '<=',
	'≥': '>=',
};

const wrong = (what: string, mend: string): BoundText => ({kind: 'wrong', what, mend});
