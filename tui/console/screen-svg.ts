// A screen as a picture: the same lines that a terminal shows, in SVG.
import type {Line, Look} from '../line.ts';

const cell = {width: 8.4, height: 17} as const;
const margin = 10;
const paper = '#14171c';

const looks: Readonly<Record<Look, {readonly ink: string; readonly bold?: true; readonly paper?: string}>> = {
	plain: {ink: '#d5d9e0'},
	strong: {ink: '#ffffff', bold: true},
	good: {ink: '#7ec384'},
	bad: {ink: '#ff6b68', bold: true},
	warn: {ink: '#e5c07b'},
	accent: {ink: '#d98cf0', bold: true},
	dim: {ink: '#7d8590'},
	chosen: {ink: paper, paper: '#d5d9e0'},
};

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');

/** Each line is of one row; every character takes one column. @param title - what the picture shows, for who cannot see it */
export function screenSvg(lines: readonly Line[], title: string): string {
	const columns = Math.max(0, ...lines.map(line => line.reduce((sum, {text}) => sum + [...text].length, 0)));
	const [width, height] = [columns * cell.width + 2 * margin, lines.length * cell.height + 2 * margin];
	const rows = lines.flatMap((line, row) => {
		let column = 0;
		return line.flatMap(({text, look}) => {
			const length = [...text].length;
			const at = {x: margin + column * cell.width, y: margin + row * cell.height};
			column += length;
			if (text.trim() === '' && look !== 'chosen') return [];
			const {ink, bold, paper: ground} = looks[look];
			const box =
				ground === undefined
					? ''
					: `<rect x="${fixed(at.x)}" y="${fixed(at.y)}" width="${fixed(length * cell.width)}" height="${cell.height}" fill="${ground}"/>`;
			const words = `<text x="${fixed(at.x)}" y="${fixed(at.y + 13)}" fill="${ink}"${bold ? ' font-weight="bold"' : ''} textLength="${fixed(length * cell.width)}">${escaped(text)}</text>`;
			return [`${box}${words}`];
		});
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${fixed(width)} ${fixed(height)}" font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${paper}"/>
${rows.join('\n')}
</svg>
`;
}

const fixed = (value: number): string => value.toFixed(1).replace(/\.0$/, '');
