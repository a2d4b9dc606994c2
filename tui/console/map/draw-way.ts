// A way as it is drawn: its strokes and its head say how the attempt ended, and colours repeat it.
import type {Look} from '../../line.ts';
import type {Canvas} from '../canvas.ts';
import type {Attempt} from '../world/world.ts';
import type {Step} from './way.ts';

interface Strokes {
	readonly across: string;
	readonly down: string;
	/** Right to down, down to left, left to up, up to right. */
	readonly corners: string;
	/** Pointing right, down, left, up. */
	readonly heads: string;
	readonly look: Look;
	readonly means: string;
}

export const strokes: Readonly<Record<Attempt['result'], Readonly<Record<'text' | 'ascii', Strokes>>>> = {
	denied: {
		text: {across: '╌', down: '┊', corners: '╮╯╰╭', heads: '✗✗✗✗', look: 'good', means: 'denied by a rule'},
		ascii: {across: '.', down: ':', corners: '....', heads: 'xxxx', look: 'good', means: 'denied by a rule'},
	},
	allowed: {
		text: {across: '─', down: '│', corners: '╮╯╰╭', heads: '▸▾◂▴', look: 'warn', means: 'got through'},
		ascii: {across: '-', down: '|', corners: '++++', heads: '>v<^', look: 'warn', means: 'got through'},
	},
	fell: {
		text: {
			across: '━',
			down: '┃',
			corners: '┓┛┗┏',
			heads: '▶▼◀▲',
			look: 'bad',
			means: 'got through, and the target fell',
		},
		ascii: {
			across: '=',
			down: 'H',
			corners: '####',
			heads: '>v<^',
			look: 'bad',
			means: 'got through, and the target fell',
		},
	},
};

export interface DrawnWay {
	readonly steps: readonly Step[];
	readonly result: Attempt['result'];
	/** Set into its longest straight piece, if that is long enough: `:5432`. */
	readonly word: string;
	readonly ascii: boolean;
}

/** Draws it where the sheet is blank; what is drawn first stays. */
export function drawWay(
	canvas: Canvas,
	{steps, result, word, ascii}: DrawnWay,
	origin: {readonly column: number; readonly row: number},
): void {
	const {across, down, corners, heads, look} = strokes[result][ascii ? 'ascii' : 'text'];
	const letters = lettersOn(steps, word);
	for (const [at, step] of steps.entries()) {
		const text =
			at === steps.length - 1
				? heads[step.out]!
				: (letters.get(at) ??
					(step.in === step.out
						? step.in % 2 === 0
							? across
							: down
						: corners[(step.out - step.in + 4) % 4 === 1 ? step.in : (step.out + 2) % 4]!));
		canvas.draw(origin.column + step.column, origin.row + step.row, text, look);
	}
}

/** The word's letters, in the order of the screen, by the number of the step they stand on. */
function lettersOn(steps: readonly Step[], word: string): ReadonlyMap<number, string> {
	let [start, length] = [0, 0];
	for (let from = 0; from < steps.length; from++) {
		let to = from;
		while (to < steps.length - 1 && steps[to]!.in === steps[to]!.out && steps[to]!.in % 2 === 0) to++;
		if (to - from > length) [start, length] = [from, to - from];
		from = to;
	}
	if (word === '' || length < word.length + 2) return new Map();
	const first = start + Math.floor((length - word.length) / 2);
	const letters = [...word];
	if (steps[first]!.in === 2) letters.reverse();
	return new Map(letters.map((letter, at) => [first + at, letter]));
}
