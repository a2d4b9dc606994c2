// The way of one attempt over the map: along the row of its source, down or up between two cells, along the row of its
// target. It only runs where the sheet is blank, so that no name is drawn over.
import type {Look} from '../../line.ts';
import type {Canvas} from '../canvas.ts';
import type {Attempt} from '../world/world.ts';

interface Place {
	readonly column: number;
	readonly row: number;
	/** First column behind it. */
	readonly end: number;
}

export interface Way {
	readonly from: Place;
	readonly to: Place;
	readonly result: Attempt['result'];
	readonly ascii: boolean;
}

interface Strokes {
	readonly across: string;
	readonly down: string;
	readonly look: Look;
	readonly head: readonly [left: string, right: string];
}

const strokes: Readonly<Record<Attempt['result'], readonly [utf8: Strokes, ascii: Strokes]>> = {
	denied: [
		{across: '╌', down: '┊', look: 'good', head: ['✗', '✗']},
		{across: '-', down: ':', look: 'good', head: ['x', 'x']},
	],
	allowed: [
		{across: '─', down: '│', look: 'warn', head: ['◂', '▸']},
		{across: '-', down: '|', look: 'warn', head: ['<', '>']},
	],
	fell: [
		{across: '━', down: '┃', look: 'bad', head: ['◀', '▶']},
		{across: '=', down: '|', look: 'bad', head: ['<', '>']},
	],
};

export function drawWay(canvas: Canvas, {from, to, result, ascii}: Way): void {
	const {across, down, look, head} = strokes[result][ascii ? 1 : 0];
	// It leaves behind its source and comes in before or behind its target, whichever is nearer.
	const comesFromRight = from.column > to.column || (from.column === to.column && from.row !== to.row);
	const tip = comesFromRight ? to.end : to.column - 1;
	const turn = comesFromRight ? Math.max(tip + 1, Math.min(from.column - 1, from.end)) : from.end;
	canvas.draw(tip, to.row, head[comesFromRight ? 0 : 1], look);
	for (let row = Math.min(from.row, to.row) + 1; row < Math.max(from.row, to.row); row++)
		canvas.draw(turn, row, down, look);
	const [first, last] = comesFromRight ? [tip + 1, turn] : [turn, tip - 1];
	for (let column = first; column <= last; column++) canvas.draw(column, to.row, across, look);
}
