import {type Line, span} from '../../line.ts';
import type {Scroll} from '../state.ts';
import {type Box, filled} from '../view.ts';

/** The part of a text that is looked at, its beginning unless somebody scrolled, and how much there is above and below. */
export function scrolled(lines: readonly Line[], box: Box, scroll: Scroll | undefined): readonly Line[] {
	const {rows} = box;
	if (lines.length <= rows || rows < 3) return filled(lines, box);
	const wanted = scroll?.kind === 'at' && Number.isFinite(scroll.top) ? Math.floor(scroll.top) : 0;
	// One row for each of the two counts, so that every line can be reached.
	const top = Math.max(0, Math.min(wanted, lines.length - rows + 1));
	const head = top === 0 ? 0 : 1;
	const last = top + rows - head >= lines.length;
	const end = last ? lines.length : top + rows - head - 1;
	const more = (count: number, where: 'above' | 'below'): Line => [
		span(`  ${marks[where]} ${count} more ${count === 1 ? 'line' : 'lines'}`, 'dim'),
	];
	return filled(
		[
			...(head === 0 ? [] : [more(top, 'above')]),
			...lines.slice(top, end),
			...(last ? [] : [more(lines.length - end, 'below')]),
		],
		box,
	);
}

const marks = {above: '▴', below: '▾'} as const;
