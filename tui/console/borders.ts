// Lines between the parts of the screen, joined where they meet: `├`, `┬`, `┼` follow from which strokes touch.
import type {Canvas} from './canvas.ts';

/** A stroke through the middle of cells; it meets another one in a cell that both have. */
export interface Stroke {
	readonly way: 'across' | 'down';
	readonly column: number;
	readonly row: number;
	/** Cells; at its first and last it comes from within only. */
	readonly length: number;
}

export const across = (column: number, row: number, length: number): Stroke => ({way: 'across', column, row, length});
export const down = (column: number, row: number, length: number): Stroke => ({way: 'down', column, row, length});

const [left, right, up, below] = [1, 2, 4, 8] as const;
/** By which of left, right, up and down (1, 2, 4, 8) a cell is joined to. */
const joints = ' ╴╶─╵┘└┴╷┐┌┬│┤├┼';

/** More columns than any screen has. */
const widest = 1 << 16;

/** Draws the strokes; what of them leaves the sheet is left out. */
export function drawBorders(canvas: Canvas, strokes: readonly Stroke[], ascii: boolean): void {
	const cells = new Map<number, {readonly column: number; readonly row: number; joined: number}>();
	for (const {way, column, row, length} of strokes) {
		const [back, ahead] = way === 'across' ? [left, right] : [up, below];
		for (let at = 0; at < length; at++) {
			const place = way === 'across' ? {column: column + at, row} : {column, row: row + at};
			const key = place.row * widest + place.column;
			const cell = cells.get(key) ?? {...place, joined: 0};
			cell.joined |= (at > 0 ? back : 0) | (at < length - 1 ? ahead : 0);
			cells.set(key, cell);
		}
	}
	for (const {column, row, joined} of cells.values()) canvas.draw(column, row, jointText(joined, ascii), 'dim');
}

function jointText(joined: number, ascii: boolean): string {
	if (!ascii) return joints[joined]!;
	if ((joined & (left | right)) === 0) return '|';
	return (joined & (up | below)) === 0 ? '-' : '+';
}
