// A screen as a picture: the same lines that a terminal shows, in SVG. Its text is text, and every column stands where it
// stands on the terminal, whatever the font.
import type {Line, Look} from './line.ts';

export const cell = {width: 8.4, height: 16.3} as const;
export const margin = 10;
const baseline = 13;
const paper = '#14171c';

const looks: Readonly<
	Record<Look, {readonly name: string; readonly ink: string; readonly bold?: true; readonly paper?: string}>
> = {
	plain: {name: 'p', ink: '#d5d9e0'},
	strong: {name: 's', ink: '#ffffff', bold: true},
	good: {name: 'g', ink: '#7ec384'},
	bad: {name: 'b', ink: '#ff6b68', bold: true},
	warn: {name: 'w', ink: '#e5c07b'},
	accent: {name: 'a', ink: '#d98cf0', bold: true},
	dim: {name: 'd', ink: '#8b949e'},
	chosen: {name: 'c', ink: paper, paper: '#d5d9e0'},
};

export const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');

export const fixed = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/** Pieces of one row from `column` and `row` on; every character takes one column. Blanks are nothing. */
export function rowSvg(line: Line, column = 0, row = 0): string {
	let at = column;
	return line
		.flatMap(({text, look}) => {
			const length = [...text].length;
			const [x, y] = [at * cell.width, row * cell.height];
			at += length;
			if (text.trim() === '' && look !== 'chosen') return [];
			const {name, paper: ground} = looks[look];
			const width = fixed(length * cell.width);
			const box =
				ground === undefined
					? ''
					: `<rect x="${fixed(x)}" y="${fixed(y)}" width="${width}" height="${fixed(cell.height)}" fill="${ground}"/>`;
			return [
				`${box}<text class="${name}" x="${fixed(x)}" y="${fixed(y + baseline)}" textLength="${width}">${escaped(text)}</text>`,
			];
		})
		.join('');
}

export interface SheetSvg {
	readonly columns: number;
	readonly rows: number;
	/** What the picture shows, for who cannot see it. */
	readonly title: string;
	/** Rules of style that are its own. */
	readonly style?: string;
	readonly body: string;
}

/** The paper of a terminal of that size, and `body` on it. */
export function sheetSvg({columns, rows, title, style = '', body}: SheetSvg): string {
	const [width, height] = [columns * cell.width + 2 * margin, rows * cell.height + 2 * margin];
	const inks = Object.values(looks).map(
		({name, ink, bold}) => `.${name}{fill:${ink}${bold ? ';font-weight:bold' : ''}}`,
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${fixed(width)} ${fixed(height)}" font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve" role="img">
<title>${escaped(title)}</title>
<style>${inks.join('')}${style}</style>
<rect width="100%" height="100%" rx="8" fill="${paper}"/>
<g transform="translate(${margin} ${margin})">
${body}
</g>
</svg>
`;
}

/** Each line is of one row. */
export function screenSvg(lines: readonly Line[], title: string): string {
	const columns = Math.max(0, ...lines.map(line => line.reduce((sum, {text}) => sum + [...text].length, 0)));
	const body = lines.map((line, row) => rowSvg(line, 0, row)).filter(row => row !== '');
	return sheetSvg({columns, rows: lines.length, title, body: body.join('\n')});
}
