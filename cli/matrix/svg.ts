// The matrix as a picture: self-contained, without script, on a light ground.
import {oneLine, widthOf} from '../report/lines.ts';
import {cut} from '../report/table.ts';
import {type Entry, type Grid, gridOf, mostGroups} from './grid.ts';
import {headlineTexts, pairsText} from './headlines.ts';
import {type Look, look} from './look.ts';
import type {MatrixSubject} from './matrix-subject.ts';
import {portWords} from './port-words.ts';
import {summaryOf} from './summary.ts';

const side = 22;
const gap = 10;
const margin = 24;
const letterWidth = 7.2;
const longestLabel = 28;
const longestLine = 150;
const foldAbove = 60;

/** The picture; null for what would be no picture any more: over 200 rows, or more sets of ports than letters. */
export function renderSvg({name, candidate, connections}: MatrixSubject): string | null {
	if (connections.groups.length > mostGroups) return null;
	const all = gridOf(connections, 'addresses');
	const grid = all.entries.length > foldAbove ? gridOf(connections, 'equal') : all;
	const summary = summaryOf(connections);
	const title = `${name}: who may reach whom under ${candidate === 'flat' ? 'no policy' : candidate}`;
	const notes = [
		`By the model alone. ${pairsText(summary)}.`,
		...headlineTexts(summary).map(({label, text}) => `${label === '' ? '' : `${label}: `}${text}`),
	].map(text => cut(oneLine(text), longestLine));
	const drawn = look('letters');
	try {
		return picture({grid, title, notes, drawn});
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

interface Picture {
	readonly grid: Grid;
	readonly title: string;
	readonly notes: readonly string[];
	readonly drawn: Look;
}

function picture({grid: {entries, cell}, title, notes, drawn}: Picture): string {
	const labels = entries.map(labelOf);
	const longest = Math.max(...labels.map(widthOf)) * letterWidth;
	const offsets = offsetsOf(entries);
	const size = (offsets.at(-1) ?? 0) + side;
	const left = margin + longest + 10;
	const top = margin + 34 + notes.length * 18 + 20 + longest * 0.8;
	const cells = entries.flatMap((source, row) =>
		entries.map((destination, column) => {
			const found = cell(source, destination);
			const {text} = drawn.cell(found);
			const [x, y] = [left + offsets[column]!, top + offsets[row]!];
			const says = found === null ? 'no pair' : portWords(found.open);
			const look = found === null ? 'self' : found.open.length === 0 ? 'none' : text.startsWith('●') ? 'all' : 'some';
			return [
				`<g><title>${xml(`${source.fullName} ▸ ${destination.fullName}: ${says}`)}</title>`,
				`<rect class="${look}" x="${x}" y="${y}" width="${side - 2}" height="${side - 2}" rx="3"/>`,
				`<text class="${look}" x="${x + side / 2 - 1}" y="${y + side / 2 + 3}">${xml(text)}</text></g>`,
			].join('');
		}),
	);
	const rows = labels.map(
		(label, at) => `<text class="row" x="${left - 8}" y="${top + offsets[at]! + 14}">${xml(label)}</text>`,
	);
	const columns = labels.map((label, at) => {
		const [x, y] = [left + offsets[at]! + 14, top - 8];
		return `<text transform="translate(${x} ${y}) rotate(-55)">${xml(label)}</text>`;
	});
	const legend = drawn.legend();
	const below = top + size + 26;
	const width = Math.ceil(
		Math.max(left + size + longest * 0.6, ...[...notes, ...legend].map(text => widthOf(text) * letterWidth)) +
			2 * margin,
	);
	const height = Math.ceil(below + legend.length * 18 + margin);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${xml(title)}">`,
		`<style>${style}</style>`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		`<text class="title" x="${margin}" y="${margin + 14}">${xml(title)}</text>`,
		...notes.map((text, at) => `<text x="${margin}" y="${margin + 38 + at * 18}">${xml(text)}</text>`),
		...columns,
		...rows,
		...cells,
		...legend.map((text, at) => `<text x="${margin}" y="${below + at * 18}">${xml(text)}</text>`),
		'</svg>\n',
	].join('\n');
}

const style = [
	'text{font:13px ui-sans-serif,system-ui,"DejaVu Sans",sans-serif;fill:#1f2430}',
	'.title{font-size:18px;font-weight:600}.row{text-anchor:end}',
	'g text{text-anchor:middle;font-size:12px}',
	'rect.none,rect.self{fill:#f6f7f9;stroke:#e3e6eb}rect.some{fill:#cfe3ff;stroke:#6a9bdc}rect.all{fill:#f9c58d;stroke:#d08026}',
	'text.none,text.self{fill:#9aa3b2}text.all{fill:#5a3200}',
].join('');

const labelOf = ({fullName, peers}: Entry): string => `${peers[0]!.jewel ? '◆ ' : ''}${cut(fullName, longestLabel)}`;

/** Where each row and column begins, in pixels; a gap before each section. */
function offsetsOf(entries: readonly Entry[]): readonly number[] {
	let at = -side;
	return entries.map(({section}, index) => {
		at += side + (index > 0 && section !== entries[index - 1]!.section ? gap : 0);
		return at;
	});
}

/** Text as XML: nothing in it is markup, and no character of it is one that XML 1.0 forbids. */
const xml = (text: string): string =>
	oneLine(text)
		.toWellFormed()
		.replaceAll(/[\ufffe\uffff]/g, '\ufffd')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
