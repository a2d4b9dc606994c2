// The rows of the comparison: what is lost stands above what is broken, so that neither is read alone.
import {count, countOf} from '../../../core/text/lines.ts';
import {type Line, shown, span} from '../../line.ts';
import type {Column, MeasuredColumn, ModelColumn} from './columns.ts';

export interface Row {
	readonly label: string;
	readonly cells: readonly Line[];
}

/** Rows that say nothing in any column are left out. */
export function tableRows(columns: readonly Column[]): readonly Row[] {
	const row = (
		label: string,
		ofModel: (column: ModelColumn) => Line,
		ofMeasured: (column: MeasuredColumn) => Line = () => [],
	): Row => ({label, cells: columns.map(one => (one.kind === 'model' ? ofModel(one) : ofMeasured(one)))});
	const [first] = columns.flatMap(one => (one.kind === 'model' ? [one.figures.open?.of] : []));
	const pairs = first ?? null;
	const rows = [
		row('lost', lostCell, ({losses}) => measuredLost(losses?.lost, losses)),
		row('', lostBar, ({losses}) => (losses === null ? [] : bar(losses.lost / losses.others, lossGlyphs, 'bad'))),
		...jewelEnvironments(columns).map(environment =>
			row(
				`  in ${shown(environment)}`,
				({figures: {losses}}) =>
					losses === null ? [] : figure(losses.lost.filter(one => one.environment === environment).length, 'bad'),
				({losses}) => (losses === null ? [] : figure(losses.byEnvironment.get(environment) ?? 0, 'bad')),
			),
		),
		row(
			'crown jewels lost',
			({figures: {losses}}) =>
				losses === null || losses.jewels === 0
					? []
					: of(losses.lost.filter(({jewel}) => jewel).length, losses.jewels, 'bad'),
			({losses}) => (losses === null || losses.jewels === 0 ? [] : of(losses.jewelsLost, losses.jewels, 'bad')),
		),
		row(
			'dependencies broken',
			({control, figures: {broken, dependencies}}) => (control ? [span('–', 'dim')] : of(broken, dependencies, 'warn')),
			({needs}) => (needs === null ? [span('not probed', 'dim')] : of(needs.broken, needs.probed, 'warn')),
		),
		row(
			'',
			({control, figures: {broken, dependencies}}) => (control ? [] : bar(broken / dependencies, brokenGlyphs, 'warn')),
			({needs}) => (needs === null ? [] : bar(needs.broken / needs.probed, brokenGlyphs, 'warn')),
		),
		row('services orphaned', ({control, figures: {orphaned}}) =>
			control ? [span('–', 'dim')] : figure(orphaned, 'warn'),
		),
		row(`allowed${pairs === null ? '' : `, of ${count(pairs)}`}`, ({figures: {open}}) =>
			open === null ? [] : [span(count(open.allowed))],
		),
		row('looser than needed', ({figures: {open}}) => {
			const loose = open?.loose ?? null;
			return loose === null ? [] : [span(`${Math.round(loose * 100)}%`)];
		}),
	];
	return rows.filter(({cells}) => cells.some(({length}) => length > 0));
}

function lostCell({figures: {losses}}: ModelColumn): Line {
	return losses === null ? [] : of(losses.lost.length, losses.others, 'bad');
}

const measuredLost = (lost: number | undefined, losses: MeasuredColumn['losses']): Line =>
	losses === null || lost === undefined
		? [span('no attack', 'dim')]
		: [...of(lost, losses.others, 'bad'), ...(losses.going ? [span(' so far', 'dim')] : [])];

const lostBar = ({figures: {losses}}: ModelColumn): Line =>
	losses === null ? [] : bar(losses.lost.length / losses.others, lossGlyphs, 'bad');

/** Environments with a crown jewel, by name. */
const jewelEnvironments = (columns: readonly Column[]): readonly string[] =>
	[
		...new Set(
			columns.flatMap(one =>
				one.kind === 'model'
					? (one.figures.losses?.lost ?? []).flatMap(({jewel, environment}) =>
							jewel && environment !== null ? [environment] : [],
						)
					: [],
			),
		),
	].sort();

/** `none of 34`, `2 of 34 !`. */
const of = (value: number, whole: number, look: 'bad' | 'warn'): Line =>
	whole === 0
		? [span('–', 'dim')]
		: [span(`${countOf(value, whole)}${value > 0 && look === 'warn' ? ' !' : ''}`, value === 0 ? 'good' : look)];

const figure = (value: number, look: 'bad' | 'warn'): Line => [
	span(value === 0 ? 'none' : `${count(value)}${look === 'warn' ? ' !' : ''}`, value === 0 ? 'good' : look),
];

const barWidth = 10;
const lossGlyphs = {full: '█', half: '▌'} as const;
const brokenGlyphs = {full: '▓', half: '▒'} as const;

/** A share in halves of ten cells; what is more than nothing is never shown as nothing. */
function bar(share: number, {full, half}: {readonly full: string; readonly half: string}, look: 'bad' | 'warn'): Line {
	if (!(share > 0)) return [];
	const halves = Math.min(2 * barWidth, Math.max(1, Math.round(share * barWidth * 2)));
	return [span(full.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? half : ''), look)];
}
