// The one file that knows blessed: a terminal as a sheet of cells. It draws what differs from the frame before, hears keys
// and the mouse, and gives the terminal back whatever happens.
import {PassThrough} from 'node:stream';
import blessed from 'blessed';
import {type Line, shown, type WidthOf} from '../line.ts';
import {rememberedWidths} from '../width-of.ts';
import {attributesFor, type CellRow, putCells} from './cells.ts';
import {mouseReports} from './mouse-reports.ts';

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
	/** Runs a program that takes the terminal (an editor, a shell), and comes back unless it was ended meanwhile. */
	lend<T>(run: () => Promise<T>): Promise<T>;
	/** Resolves when whatever it was lent to has ended. */
	returned(): Promise<void>;
	/** Ctrl-Z: stops until it is told to go on, with the terminal as it was; nothing where nobody could tell it. */
	suspend(): void;
}

export interface ScreenOptions {
	readonly input: NodeJS.ReadStream;
	readonly output: NodeJS.WriteStream;
	/** False: bold and reverse alone (NO_COLOR). */
	readonly colour: boolean;
	/** Its background is light, as far as is known. */
	readonly light: boolean;
	readonly title: string;
	readonly events: ScreenEvents;
}

/** What of blessed's screen its types leave out. */
interface Cells {
	readonly lines: CellRow[];
	readonly program: blessed.BlessedProgram & {cols: number; rows: number};
	readonly width: number;
	readonly height: number;
	draw(start: number, end: number): void;
	realloc(): void;
	leave(): void;
	enter(): void;
	destroy(): void;
}

/** Takes the terminal: its alternate screen, raw keys, the mouse. */
export function openScreen({input, output, colour, light, title, events}: ScreenOptions): ConsoleScreen {
	// blessed hears what is typed without the mouse: of a piece with both it would leave out one.
	const typed = new PassThrough();
	// Its compiler reads no newer terminal description than xterm's, which all of today's terminals understand; how many
	// colours there are is Node's to say.
	const program = blessed.program({
		...{input: typed, output, terminal: 'xterm', tput: true, buffer: true, zero: true},
	} as object);
	const tput = (program as unknown as {tput: {brokenACS: boolean; unicode: boolean; colors: number}}).tput;
	// Which characters there are is the views' choice; in many terminals the old line drawing set prints letters.
	[tput.brokenACS, tput.unicode] = [true, true];
	tput.colors = 2 ** Math.min(8, output.getColorDepth?.() ?? 1);
	const attributes = attributesFor(colour ? tput.colors : 1, light);
	const screen = blessed.screen({program, smartCSR: false, resizeTimeout: 50} as object) as unknown as Cells;
	// It would clear the screen of an editor that has the terminal just then.
	program.removeAllListeners('resize');
	const widthOf = rememberedWidths();
	let lent = false;
	let returned = Promise.resolve();
	let ended = false;
	/** What stands on the screen's cells; nothing is known of them where it was taken anew. */
	let drawn: readonly Line[] = [];
	let begun = '';
	const hear = (bytes: Buffer): void => {
		const {events: reports, keys, rest} = mouseReports(begun + bytes.toString('latin1'));
		begun = rest;
		for (const report of reports) events.mouse(report);
		if (keys !== '') typed.write(Buffer.from(keys, 'latin1'));
	};
	program.on('keypress', (character: string | undefined, key: {full?: string; name?: string} | undefined) => {
		// blessed tells Enter twice, as `return` and as `enter`.
		if (!lent && key?.name !== 'return') events.key(keyName(character, key));
	});
	const redraw = (): void => {
		drawn = [];
		screen.realloc();
		events.resize();
	};
	program.on('resize', () => {
		if (!lent) redraw();
	});
	const take = (): void => {
		input.setRawMode?.(true);
		input.on('data', hear);
		input.resume();
		output.write(`${keepTitle}\x1b]2;${shown(title)}\x07`);
		screen.enter();
		program.hideCursor();
		program.setMouse(mouse, true);
	};
	const retake = (): void => {
		take();
		redraw();
		// It may have another size by now, of which whoever was stopped heard nothing.
		process.kill(process.pid, 'SIGWINCH');
	};
	const giveBack = (): void => {
		program.disableMouse();
		screen.leave();
		program.showCursor();
		program.flush();
		output.write(formerTitle);
		input.off('data', hear);
		input.pause();
		input.setRawMode?.(false);
	};
	/** The whole job is stopped, as by the terminal: npx and its like wait for this process and would not give it back. */
	const suspend = (): void => {
		giveBack();
		hookPauses('off');
		process.kill(0, 'SIGTSTP');
		hookPauses('on');
		retake();
	};
	/** Stopped by something that cannot be heard, and told to go on: whoever had the terminal meanwhile changed it. */
	const goOn = (): void => {
		giveBack();
		retake();
	};
	const hookPauses = (how: 'on' | 'off'): void => void process[how]('SIGTSTP', suspend)[how]('SIGCONT', goOn);
	take();
	hookPauses('on');
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
				if (!isSame(line, drawn[y])) putCells(row, line, attributes, widthOf);
			}
			drawn = lines;
			screen.draw(0, screen.lines.length - 1);
			program.flush();
		},
		async lend(run) {
			hookPauses('off');
			giveBack();
			lent = true;
			const running = run();
			returned = running.then(nothing, nothing);
			try {
				return await running;
			} finally {
				lent = false;
				if (!ended) {
					retake();
					hookPauses('on');
				}
			}
		},
		returned: () => returned,
		suspend,
		[Symbol.dispose]() {
			if (ended) return;
			ended = true;
			if (!lent) {
				hookPauses('off');
				giveBack();
			}
			screen.destroy();
		},
	};
}

const isSame = (line: Line, other: Line | undefined): boolean =>
	other !== undefined &&
	line.length === other.length &&
	line.every(({text, look}, at) => text === other[at]!.text && look === other[at]!.look);

const nothing = (): void => undefined;
/** Buttons and the wheel, without motions; places by numbers, however wide the terminal is. */
const mouse = {vt200Mouse: true, sgrMouse: true};
/** Source: xterm's ctlseqs, "Window manipulation": the title is put on a stack, and taken from it. */
const keepTitle = '\x1b[22;2t';
const formerTitle = '\x1b[23;2t';

function keyName(character: string | undefined, key: {full?: string; name?: string} | undefined): string {
	const full = key?.full ?? key?.name ?? character ?? '';
	if (character !== undefined && /^[^\p{C}]$/u.test(character)) return character === ' ' ? 'space' : character;
	return full;
}
