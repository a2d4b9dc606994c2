// Under the table, what to do next: what each candidate still loses and by which rule's leave, and what it breaks.
import {placeOfRule} from '../../../core/explain/rule-lines.ts';
import {byRule} from '../../../core/explain/titles.ts';
import {oneLine, type Page, plural, spread, wrap} from '../../../core/text/lines.ts';
import type {Line} from '../../line.ts';
import {marks, unmarked, widestPage} from '../explain/marked.ts';
import type {Column, ModelColumn} from './columns.ts';
import type {Lost} from './lost.ts';

/** Of each candidate, so many kinds and so many dependencies are told. */
const told = 3;

/** Nothing of the control: what falls there falls for want of a policy. */
export function findingLines(columns: readonly Column[], width: number): readonly Line[] {
	const page: Page = {width: Math.min(width, widestPage), paint: marks};
	return columns
		.filter((column): column is ModelColumn => column.kind === 'model' && !column.control)
		.flatMap(column => {
			const lines = [...lostLines(column, page), ...breakLines(column, page)];
			return lines.length === 0 ? [] : ['', ...lines];
		})
		.map(unmarked);
}

function lostLines({name, stack, figures: {losses}}: ModelColumn, page: Page): readonly string[] {
	if (losses === null || losses.lost.length === 0) return [];
	const way = ({way: steps, kind, rule, jewel}: Lost): readonly string[] => [
		...spread(
			oneLine(
				`${jewel ? '◆ ' : ''}${losses.bound ? kind : steps.join(' ▸ ')}${rule === null ? '' : `, allowed${byRule(stack, rule)}`}`,
			),
			rule === null ? null : placeOfRule(rule),
			page,
			4,
		),
	];
	return [
		...title(`${name} still loses ${plural(losses.lost.length, 'kind')}, by the model`, page),
		...losses.lost.slice(0, told).flatMap(way),
		...more(losses.lost.length, page),
	];
}

function breakLines({name, figures: {breaks}}: ModelColumn, page: Page): readonly string[] {
	if (breaks.length === 0) return [];
	return [
		...title(`${name} breaks ${plural(breaks.length, 'dependency', 'dependencies')}, by the model`, page),
		...breaks.slice(0, told).flatMap(({dependency, failing, of, rule}) => {
			const part = failing < of ? ` (${failing} of ${of})` : '';
			const by = rule === null ? '' : `, denied by ${rule.name === 'default' ? 'default' : `"${rule.name}"`}`;
			return spread(
				oneLine(`${dependency.replace('->', '▸')}${part}${by}`),
				rule?.where == null ? null : oneLine(rule.where),
				page,
				4,
			);
		}),
		...more(breaks.length, page),
	];
}

const title = (text: string, page: Page): readonly string[] =>
	wrap(oneLine(text), page.width, 1, 3).map(line => page.paint('title', line));

const more = (length: number, page: Page): readonly string[] =>
	length > told ? [page.paint('dim', `    and ${length - told} more`)] : [];
