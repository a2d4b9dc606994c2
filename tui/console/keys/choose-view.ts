import {type Line, shown, span} from '../../line.ts';
import {inAscii} from '../in-ascii.ts';
import {filled, type View} from '../view.ts';
import {choices} from './choices.ts';

/** What a chooser offers, the choice in sight; empty where none is open. */
export const chooseView: View = (state, box) => {
	const {overlay} = state;
	if (overlay.kind !== 'choose') return filled([], box);
	const offered = choices(state, overlay);
	const at = Math.max(0, Math.min(overlay.choice, offered.length - 1));
	const titles = {
		scenario: 'Which attack?',
		foothold: `Where does ${shown(overlay.scenario ?? 'it')} start?`,
		candidate: 'Which candidate is to be in force?',
	};
	const room = Math.max(0, box.rows - 1);
	const first = Math.max(0, Math.min(at - Math.floor(room / 2), offered.length - room));
	const names = offered.map(({name}) => (name === null ? 'where the scenario says' : shown(name)));
	const width = Math.min(40, Math.max(0, ...names.slice(first, first + room).map(box.widthOf)));
	const lines = offered.slice(first, first + room).map(({note}, index): Line => {
		const name = names[first + index]!;
		const gap = ' '.repeat(Math.max(0, width - box.widthOf(name)) + 3);
		const isChosen = first + index === at;
		return [
			span(isChosen ? (state.ascii ? ' > ' : ' ▸ ') : '   ', 'accent'),
			span(name, isChosen ? 'chosen' : 'plain'),
			span(`${gap}${note}`, 'dim'),
		];
	});
	const count = offered.length > room ? `   ${at + 1} of ${offered.length}` : '';
	const title: Line = [span(titles[overlay.what], 'strong'), span(`${count}   arrows, Enter, Esc`, 'dim')];
	return inAscii(state, filled([title, ...lines], box));
};
