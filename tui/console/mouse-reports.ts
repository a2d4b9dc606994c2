// The mouse as terminals tell it, taken out of what is typed: a burst of the wheel and a key may come in one piece.
import type {MouseEvent} from './screen.ts';

export interface Heard {
	readonly events: readonly MouseEvent[];
	/** What is left for the keys. */
	readonly keys: string;
	/** The beginning of a report whose rest is still to come. */
	readonly rest: string;
}

const introducer = '\x1b';
const report = new RegExp(`${introducer}\\[<(\\d+);(\\d+);(\\d+)([Mm])`, 'g');
const begun = new RegExp(`${introducer}\\[<[\\d;]*$`);

/**
 * @param bytes - as latin1, so that nothing of another encoding is lost
 * Source: xterm's ctlseqs, "Extended coordinates" (SGR, 1006): from 1; 4, 8 and 16 are shift, meta and control, 32 is a
 * motion, 64 and 65 the wheel, `m` a release.
 */
export function mouseReports(bytes: string): Heard {
	const rest = begun.exec(bytes)?.[0] ?? '';
	const events: MouseEvent[] = [];
	const keys = bytes.slice(0, bytes.length - rest.length).replaceAll(report, (_, button, column, row, end) => {
		const action = actions[Number(button) & ~modifiers];
		if (action !== undefined && end === 'M') events.push({action, column: Number(column) - 1, row: Number(row) - 1});
		return '';
	});
	return {events, keys, rest};
}

const modifiers = 4 | 8 | 16;

/** The left button alone presses; the others are the terminal's own. */
const actions: Readonly<Record<number, MouseEvent['action']>> = {0: 'press', 64: 'wheel-up', 65: 'wheel-down'};
