// The one file that knows blessed: a terminal as a sheet of cells. It draws what differs from the frame before, hears keys
// and the mouse, and gives the terminal back whatever happens.
import blessed from 'blessed';
import type {Line, Look, WidthOf} from '../line.ts';
import {rememberedWidths} from '../width-of.ts';
import {graphemesOf} from './graphemes.ts';

export interface MouseEvent {
	readonly action: 'press' | 'wheel-up' | 'wheel-down';
	/** From 0. */
	readonly column: number;
	readonly row: number;
}

export interface ScreenEvents {
	/** `a`, `A`, `space`, `enter`, `up`, `C-c`, `S-tab`; what a user typed is one character. */
	key(name: string): void;
	mouse(event: MouseEvent): void;
	resize(): void;
}

export interface ConsoleScreen extends Disposable {
	readonly columns: number;
	readonly rows: number;
	readonly widthOf: WidthOf;
	/** Exactly the whole screen: what is missing is blank, what is too much is left out. */
	draw(lines: readonly Line[]): void;
	/** Runs a program that takes the terminal (an editor, a shell), and comes back. */
	lend<T>(run: () => Promise<T>): Promise<T>;
	/** Ctrl-Z: stops this process until it is told to go on, with the terminal as it was. */
	suspend(): void;
}

export interface ScreenOptions {
	readonly input: NodeJS.ReadStream;
	readonly output: NodeJS.WriteStream;
	/** False: bold and reverse alone (NO_COLOR). */
	readonly colour: boolean;
	readonly title: string;
	readonly events: ScreenEvents;
}

/** What of blessed's screen its types leave out. */
interface Cells {
	readonly lines: ([attribute: number, character: string][] & {dirty: boolean})[];
	readonly program: blessed.BlessedProgram & {cols: number; rows: number; isAlt: boolean};
	readonly width: number;
	readonly height: number;
	alloc(): void;
	draw(start: number, end: number): void;
	realloc(): void;
	leave(): void;
	enter(): void;
	destroy(): void;
}

/** Takes the terminal: its alternate screen, raw keys, the mouse. */
export function openScreen({input, output, colour, title, events}: ScreenOptions): ConsoleScreen {
	// Its compiler reads no newer terminal description than xterm's, which all of today's terminals understand; how many
	// colours there are is Node's to say.
	const program = blessed.program({input, output, terminal: 'xterm', tput: true, buffer: true, zero: true} as object);
	const tput = (program as unknown as {tput: {brokenACS: boolean; unicode: boolean; colors: number}}).tput;
	// Which characters there are is the views' choice; in many terminals the old line drawing set prints letters.
	[tput.brokenACS, tput.unicode] = [true, true];
	tput.colors = 2 ** Math.min(8, output.getColorDepth?.() ?? 1);
	const attributes = colour && tput.colors >= 8 ? {...coloured, ...(tput.colors < 16 ? {dim: plain.dim} : {})} : plain;
	const screen = blessed.screen({program, smartCSR: false, title, resizeTimeout: 50} as object) as unknown as Cells;
	const widthOf = rememberedWidths();
	let lent = false;
	let ended = false;
	/** What stands on the screen's cells; nothing is known of them where it was taken anew. */
	let shown: readonly Line[] = [];
	program.hideCursor();
	program.enableMouse();
	program.on('keypress', (character: string | undefined, key: {full?: string; name?: string} | undefined) => {
		// blessed tells Enter twice, as `return` and as `enter`.
		if (!lent && key?.name !== 'return') events.key(keyName(character, key));
	});
	program.on('mouse', ({action, x, y}: {action: string; x: number; y: number}) => {
		const known = actions[action];
		if (!lent && known !== undefined) events.mouse({action: known, column: x, row: y});
	});
	program.on('resize', () => {
		shown = [];
		if (!lent) events.resize();
	});
	const take = (): void => {
		screen.enter();
		program.hideCursor();
		program.enableMouse();
		screen.realloc();
		shown = [];
	};
	const giveBack = (): void => {
		program.disableMouse();
		screen.leave();
		program.showCursor();
		program.flush();
	};
	return {
		get columns() {
			return screen.width;
		},
		get rows() {
			return screen.height;
		},
		widthOf,
		draw(lines) {
			if (lent || ended) return;
			for (const [y, row] of screen.lines.entries()) {
				const line = lines[y] ?? [];
				if (!isSame(line, shown[y])) put(row, line, attributes, widthOf);
			}
			shown = lines;
			screen.draw(0, screen.lines.length - 1);
			program.flush();
		},
		async lend(run) {
			giveBack();
			lent = true;
			input.pause();
			input.setRawMode?.(false);
			try {
				return await run();
			} finally {
				lent = false;
				input.setRawMode?.(true);
				input.resume();
				take();
				events.resize();
			}
		},
		suspend() {
			giveBack();
			input.setRawMode?.(false);
			process.once('SIGCONT', () => {
				input.setRawMode?.(true);
				input.resume();
				take();
				events.resize();
			});
			process.kill(process.pid, 'SIGSTOP');
		},
		[Symbol.dispose]() {
			if (ended) return;
			ended = true;
			giveBack();
			screen.destroy();
			input.setRawMode?.(false);
			input.pause();
		},
	};
}

const isSame = (line: Line, other: Line | undefined): boolean =>
	other !== undefined &&
	line.length === other.length &&
	line.every(({text, look}, at) => text === other[at]!.text && look === other[at]!.look);

/** A grapheme of two columns has its cell, and an empty one behind it. */
function put(
	row: Cells['lines'][number],
	line: Line,
	attributes: Readonly<Record<Look, number>>,
	widthOf: WidthOf,
): void {
	let x = 0;
	const set = (attribute: number, character: string): void => {
		const cell = row[x++]!;
		if (cell[0] === attribute && cell[1] === character) return;
		cell[0] = attribute;
		cell[1] = character;
		row.dirty = true;
	};
	for (const {text, look} of line) {
		const attribute = attributes[look];
		for (const character of graphemesOf(text)) {
			const width = widthOf(character);
			if (width === 0) continue;
			if (x + width > row.length) break;
			set(attribute, character);
			if (width === 2) set(attribute, '');
		}
	}
	while (x < row.length) set(attributes.plain, ' ');
}

const none = 0x1ff;
const bold = 1;
const reverse = 8;
/** Flags, foreground and background as blessed packs them. */
const packed = (foreground: number, flags = 0): number => (flags << 18) | (foreground << 9) | none;

const coloured: Readonly<Record<Look, number>> = {
	plain: packed(none),
	strong: packed(none, bold),
	good: packed(2),
	bad: packed(1, bold),
	warn: packed(3),
	accent: packed(5, bold),
	dim: packed(8),
	chosen: packed(none, reverse),
};
const plain: Readonly<Record<Look, number>> = {
	...coloured,
	good: packed(none),
	bad: packed(none, bold),
	warn: packed(none),
	accent: packed(none, bold),
	dim: packed(none),
};

const actions: Readonly<Record<string, MouseEvent['action']>> = {
	mousedown: 'press',
	wheelup: 'wheel-up',
	wheeldown: 'wheel-down',
};

function keyName(character: string | undefined, key: {full?: string; name?: string} | undefined): string {
	const full = key?.full ?? key?.name ?? character ?? '';
	if (character !== undefined && /^[^\p{C}]$/u.test(character)) return character === ' ' ? 'space' : character;
	return full;
}
