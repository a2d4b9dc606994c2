// The lines above a matrix: what nobody should have to look for in it.

import type {Pair} from '../../core/reach/connections-rows.ts';
import {marks} from '../../core/text/marks.ts';
import {count, countOf, oneLine, type Page, painted, wrap} from '../report/lines.ts';
import type {Style} from '../report/paint.ts';
import {portWords} from './port-words.ts';
import type {MatrixSummary, Sample} from './summary.ts';

const jewelsAtMost = 4;
const crossingsAtMost = 4;
const column = 22;
/** Narrower pages have no room for a column of labels. */
const roomy = 80;

export interface Headline {
	/** Empty where it goes on with the one before. */
	readonly label: string;
	readonly text: string;
	readonly style: Style;
}

/** One line each, where there is something to say; wrapped under their label. */
export const headlines = (summary: MatrixSummary, page: Page): readonly string[] =>
	headlineTexts(summary).flatMap(({label, text, style}) => {
		const [first = '', ...more] = wrap(text, page.width, column, page.width < roomy ? 6 : column);
		return painted(style, [`  ${label.padEnd(column - 2)}${first.trimStart()}`, ...more], page);
	});

/** The same, for other forms. */
export function headlineTexts(summary: MatrixSummary): readonly Headline[] {
	const {familiesDiffer: families, replicasDiffer: replicas} = summary;
	const plain = (label: string, text: string): Headline => ({label, text, style: 'plain'});
	return [
		...jewelTexts(summary).map((text, at) => plain(at === 0 ? 'crown jewels' : '', text)),
		...(summary.places === null ? [] : [plain(`across ${summary.places}`, acrossText(summary))]),
		plain('from outside', outsideText(summary)),
		...(families === null ? [] : [familiesLine(families)]),
		...(replicas.count === 0
			? []
			: [{label: 'replicas', text: `~ differ: ${pairsOf(replicas, arrow)}`, style: 'warn'} as const]),
	];
}

const familiesLine = (families: Sample): Headline =>
	families.count === 0
		? {label: 'IPv4 and IPv6', text: 'the same', style: 'dim'}
		: {label: 'IPv4 and IPv6', text: `≠ differ: ${familiesText(families)}`, style: 'warn'};

function jewelTexts({jewels, peers}: MatrixSummary): readonly string[] {
	const texts = jewels
		.slice(0, jewelsAtMost)
		.map(
			({jewel, from}) =>
				`${marks.jewel} ${oneLine(jewel.name)} ◂ ${from.count === peers - 1 ? 'everybody' : from.count === 0 ? 'nobody' : pairsOf(from, ({source}) => nameOf(source))}`,
		);
	const more = jewels.length - jewelsAtMost;
	return more > 0 ? [...texts, `and ${count(more)} more`] : texts;
}

function acrossText({crossings}: MatrixSummary): string {
	const crossed = crossings.reduce((sum, {pairs}) => sum + pairs.count, 0);
	return crossed === 0 ? 'nothing' : `${count(crossed)} open: ${crossingText(crossings)}`;
}

function outsideText({fromOutside, peers, inside}: MatrixSummary): string {
	if (fromOutside.count === 0) return 'nothing';
	const all = (peers - inside) * inside;
	return fromOutside.count === all ? `all of it: ${count(all)} pairs open` : pairsOf(fromOutside, arrow);
}

/** `7 of 342 pairs open`. */
export const pairsText = ({open, pairs}: MatrixSummary): string => `${countOf(open, pairs)} pairs open`;

const nameOf = ({label}: Pair['source']): string => oneLine(label);

const arrow = ({source, destination}: Pair): string => `${nameOf(source)} ▸ ${nameOf(destination)}`;

/** Those with the same ports together: `api.prod, worker.prod (5432/tcp), monitor.ops (9100/tcp) and 2 more`. */
function pairsOf({count: all, first}: Sample, name: (pair: Pair) => string): string {
	const alike = Map.groupBy(first, ({cell}) => portWords(cell.open));
	const texts = [...alike].map(([ports, pairs]) => `${pairs.map(name).join(', ')} (${ports})`);
	return `${texts.join(', ')}${all > first.length ? ` and ${count(all - first.length)} more` : ''}`;
}

function crossingText(crossings: MatrixSummary['crossings']): string {
	const texts = crossings.slice(0, crossingsAtMost).map(({from, to, pairs}) => {
		const {source, destination, cell} = pairs.first[0]!;
		const example = `${nameOf(source)} ▸ ${nameOf(destination)} ${portWords(cell.open)}`;
		return pairs.count === 1 ? example : `${oneLine(from)} ▸ ${oneLine(to)} ${count(pairs.count)} (${example}, …)`;
	});
	const more = crossings.length - crossingsAtMost;
	return `${texts.join('; ')}${more > 0 ? `; and ${more} more directions` : ''}`;
}

const familiesText = ({count: all, first}: Sample): string => {
	const texts = first.map(({source, destination, cell}) => {
		const sets = cell.byFamily!;
		return `${nameOf(source)} ▸ ${nameOf(destination)}: IPv4 ${portWords(sets[4])}, IPv6 ${portWords(sets[6])}`;
	});
	return `${texts.join('; ')}${all > first.length ? `; and ${count(all - first.length)} more` : ''}`;
};
