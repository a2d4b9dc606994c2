// A grid of sources and destinations as a picture: self-contained, without script, on a light ground.
import {oneLine, widthOf} from '../report/lines.ts';

export interface GridEntry {
	/** Short, beside its row and above its column. */
	readonly label: string;
	readonly fullName: string;
	/** A gap stands between sections. */
	readonly section: string;
}

export interface GridPicture {
	readonly title: string;
	/** Lines under the title. */
	readonly notes: readonly string[];
	readonly entries: readonly GridEntry[];
	/** `text` is one or two letters, `says` what a pointer on the cell is told, `style` a class of `styles`. */
	cell(row: number, column: number): {readonly text: string; readonly says: string; readonly style: string};
	/** CSS for the classes of cells. */
	readonly styles: string;
	/** Asked when every cell is drawn. */
	readonly legend: () => readonly string[];
}

const side = 22;
const gap = 10;
const margin = 24;
const letterWidth = 7.2;

/** SVG. Nothing that a user named is markup in it. */
export function drawGrid({title, notes, entries, cell, styles, legend: legendOf}: GridPicture): string {
	const labels = entries.map(({label}) => label);
	const longest = Math.max(0, ...labels.map(widthOf)) * letterWidth;
	const offsets = offsetsOf(entries);
	const size = (offsets.at(-1) ?? 0) + side;
	const left = margin + longest + 10;
	const top = margin + 34 + notes.length * 18 + 20 + longest * 0.8;
	const cells = entries.flatMap((source, row) =>
		entries.map((destination, column) => {
			const {text, says, style} = cell(row, column);
			const [x, y] = [left + offsets[column]!, top + offsets[row]!];
			return [
				`<g><title>${xml(`${source.fullName} ▸ ${destination.fullName}: ${says}`)}</title>`,
				`<rect class="${style}" x="${x}" y="${y}" width="${side - 2}" height="${side - 2}" rx="3"/>`,
				`<text class="${style}" x="${x + side / 2 - 1}" y="${y + side / 2 + 3}">${xml(text)}</text></g>`,
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
	const legend = legendOf();
	const below = top + size + 26;
	const width = Math.ceil(
		Math.max(left + size + longest * 0.6, ...[...notes, ...legend].map(text => widthOf(text) * letterWidth)) +
			2 * margin,
	);
	const height = Math.ceil(below + legend.length * 18 + margin);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${xml(title)}">`,
		`<style>${base}${styles}</style>`,
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

const base = [
	'text{font:13px ui-sans-serif,system-ui,"DejaVu Sans",sans-serif;fill:#1f2430}',
	'.title{font-size:18px;font-weight:600}.row{text-anchor:end}',
	'g text{text-anchor:middle;font-size:12px}',
].join('');

/** Where each row and column begins, in pixels; a gap before each section. */
function offsetsOf(entries: readonly GridEntry[]): readonly number[] {
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
