import {type Line, shown, span} from '../../line.ts';
import {filterWords, parseFilter} from '../flows/filter.ts';
import type {ConsoleState} from '../state.ts';

/** What is typed, what of it nobody knows, and what may stand there. */
export function filterLines({ascii}: ConsoleState, text: string): readonly Line[] {
	const {problems} = parseFilter(text);
	return [
		[span(' / ', 'accent'), span(text === '' ? '' : shown(text)), span(ascii ? '_' : '▏', 'accent')],
		...problems.map(({what, mend}): Line => [span(`   ${what}`, 'warn'), span(mend === '' ? '' : ` (${mend})`, 'dim')]),
		[],
		...filterWords.map(([word, keeps]): Line => [span(`   ${word.padEnd(25)}`), span(keeps, 'dim')]),
		[],
		[span('   Enter keeps it, Esc leaves; an empty one shows everything', 'dim')],
	];
}
