// A screen that changes as a picture that moves, without a script: what stands somewhere for a while is shown for that
// while. Forges show such a picture where they play no cast.
import {type Line, type Span, span} from './line.ts';
import {cell, fixed, rowSvg, sheetSvg} from './screen-svg.ts';

export interface Frame {
	/** From the beginning. */
	readonly atMs: number;
	readonly lines: readonly Line[];
}

export interface Moving {
	/** At least one, in their order; the first at 0. */
	readonly frames: readonly Frame[];
	/** When it begins again. */
	readonly lengthMs: number;
	readonly title: string;
	/** What is shown where nothing may move. */
	readonly stillMs: number;
}

/** Every character takes one column. */
export function movingSvg({frames, lengthMs, title, stillMs}: Moving): string {
	const ids = new Map<string, string>();
	const idOf = (piece: string): string => {
		const known = ids.get(piece) ?? `p${ids.size.toString(36)}`;
		ids.set(piece, known);
		return known;
	};
	/** What stands where, and of which frames: from the first until before the last. */
	const shown = new Map<string, [from: number, to: number][]>();
	for (const [at, {lines}] of frames.entries())
		for (const [row, line] of lines.entries())
			for (const {column, text} of pieces(line)) {
				const drawn = rowSvg(text);
				if (drawn === '') continue;
				const use = `<use href="#${idOf(drawn)}"${place('x', column * cell.width)}${place('y', row * cell.height)}/>`;
				const spells = shown.get(use) ?? [];
				const last = spells.at(-1);
				if (last?.[1] === at) last[1] = at + 1;
				else spells.push([at, at + 1]);
				shown.set(use, spells);
			}
	const spells = Map.groupBy(
		[...shown].flatMap(([use, all]) => all.map(([from, to]) => ({use, from, to}))),
		({from, to}) => `${from} ${to}`,
	);
	const share = (at: number): string => `${fixed2(((frames[at]?.atMs ?? lengthMs) / lengthMs) * 100)}%`;
	const still = frames.findLastIndex(({atMs}) => atMs <= stillMs);
	const [rules, groups]: [string[], string[]] = [[], []];
	for (const [number, uses] of [...spells.values()].entries()) {
		const {from, to} = uses[0]!;
		const whole = from === 0 && to === frames.length;
		const name = `t${number.toString(36)}`;
		const steps = [
			...(from === 0 ? [] : ['0%{visibility:hidden}']),
			`${share(from)}{visibility:visible}`,
			...(to === frames.length ? [] : [`${share(to)}{visibility:hidden}`]),
		];
		if (!whole) rules.push(`@keyframes ${name}{${steps.join('')}}.${name}{animation-name:${name}}`);
		const kind = whole ? '' : ` class="m ${name}${from <= still && still < to ? ' still' : ''}"`;
		groups.push(`<g${kind}>${uses.map(({use}) => use).join('')}</g>`);
	}
	const moves = `.m{visibility:hidden;animation:${fixed2(lengthMs / 1000)}s step-end infinite}.still{visibility:visible}`;
	const calm = '@media (prefers-reduced-motion:reduce){.m{animation:none}}';
	const defs = [...ids].map(([piece, id]) => `<g id="${id}">${piece}</g>`);
	return sheetSvg({
		columns: Math.max(...frames.flatMap(({lines}) => lines.map(widthOf))),
		rows: Math.max(...frames.map(({lines}) => lines.length)),
		title,
		style: `${moves}${rules.join('')}${calm}`,
		body: `<defs>${defs.join('\n')}</defs>\n${groups.join('\n')}`,
	});
}

const fixed2 = (value: number): string => `${Number(value.toFixed(2))}`;
const place = (name: string, value: number): string => (value === 0 ? '' : ` ${name}="${fixed(value)}"`);
const widthOf = (line: Line): number => line.reduce((sum, {text}) => sum + [...text].length, 0);

/** A row cut at the borders between panes, so that what changes in one repeats nothing of the other. */
function pieces(line: Line): readonly {readonly column: number; readonly text: Line}[] {
	const found: {column: number; text: Span[]}[] = [];
	let column = 0;
	let open = false;
	for (const {text, look} of line)
		for (const part of text.split(/([│┤├])/)) {
			if (part === '') continue;
			const isBorder = part.length === 1 && '│┤├'.includes(part);
			if (open && !isBorder) found.at(-1)!.text.push(span(part, look));
			else found.push({column, text: [span(part, look)]});
			open = !isBorder;
			column += [...part].length;
		}
	return found;
}
