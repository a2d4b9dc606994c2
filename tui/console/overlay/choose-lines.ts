import {type Line, shown, span} from '../../line.ts';
import {type Chooser, choices} from '../keys/choices.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';

const mostListed = 16;
const widestName = 32;

/** What can be chosen, about the one that is looked at, and what stands behind each. */
export function chooseLines(state: ConsoleState, overlay: Chooser, {rows, widthOf}: Box): readonly Line[] {
	const all = choices(state, overlay);
	const room = Math.max(1, Math.min(mostListed, rows - below - 1));
	const first = firstOf(overlay, all.length, room);
	const names = all.map(({name}) => (name === null ? 'as the scenario says' : shown(name)));
	const width = Math.min(widestName, Math.max(0, ...names.map(widthOf)));
	const mark = state.ascii ? '>' : '▸';
	const lines = all.slice(first, first + room).map(({note}, at): Line => {
		const name = names[first + at]!;
		const isChosen = first + at === overlay.choice;
		return [
			span(isChosen ? ` ${mark} ` : '   ', 'accent'),
			span(name, isChosen ? 'chosen' : 'plain'),
			span(`${' '.repeat(Math.max(0, width - widthOf(name)) + 3)}${shownNote(note)}`, 'dim'),
		];
	});
	const more = all.length > room ? `   ${overlay.choice + 1} of ${all.length}` : '';
	return [...lines, [], [span(`   Enter takes it, Esc leaves${more}`, 'dim')]];
}

/** The number of the choice on that row of a chooser that has so many rows; null where there is none. */
export function choiceAt(state: ConsoleState, overlay: Chooser, rows: number, row: number): number | null {
	const {length} = choices(state, overlay);
	const room = rows - below;
	return row >= 0 && row < Math.min(room, length) ? firstOf(overlay, length, room) + row : null;
}

/** Rows below the choices. */
const below = 2;

const firstOf = ({choice}: Chooser, length: number, room: number): number =>
	Math.max(0, Math.min(choice - Math.floor(room / 2), length - room));

const shownNote = (note: string): string => (note === '' ? '' : shown(note));
