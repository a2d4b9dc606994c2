import {type Line, span} from '../../line.ts';
import {inAscii} from '../in-ascii.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, beside, filled, type View} from '../view.ts';
import {type HelpGroup, help} from './help.ts';

/** Every key with what it does, in as many columns as there is room for. */
export const helpView: View = (state, box) => {
	const groups = help(state);
	const width = Math.max(...groups.flatMap(({rows}) => rows.map(({key}) => key.length)));
	const blocks = groups.map(group => blockOf(group, width, box));
	const title: Line = [
		span('Keys', 'strong'),
		span('   what begins with : is for the palette · any key closes this', 'dim'),
	];
	const columns = box.columns >= 150 ? 2 : 1;
	if (columns === 1) return inAscii(state, filled([title, [], ...scrolledTo(blocks.flat(), state, box.rows - 2)], box));
	const half = Math.ceil(blocks.flat().length / 2);
	const left: Line[] = [];
	const right: Line[] = [];
	for (const block of blocks) (left.length + block.length / 2 <= half ? left : right).push(...block);
	const part: Box = {...box, columns: Math.floor((box.columns - 2) / 2), rows: Math.max(0, box.rows - 2)};
	const both = beside([filled(left, part), filled(right, part)], [span('  ')]);
	return inAscii(state, filled([title, [], ...both], box));
};

/** What does not fit is reached by the arrows, and its last line says so. */
function scrolledTo(lines: readonly Line[], {overlay}: ConsoleState, rows: number): readonly Line[] {
	if (lines.length <= rows || rows < 2) return lines;
	const top = Math.max(0, Math.min(lines.length - rows + 1, overlay.kind === 'help' ? (overlay.top ?? 0) : 0));
	const seen = lines.slice(top, top + rows - 1);
	const below = lines.length - top - seen.length;
	return [...seen, [span(below > 0 ? `… ${below} more, by the arrows` : '', 'dim')]];
}

function blockOf({title, rows}: HelpGroup, width: number, {rows: height}: Box): readonly Line[] {
	const lines = rows.map(
		({key, command, about}): Line => [
			span(`  ${key.padEnd(width)}  `, 'accent'),
			span(about),
			span(command === '' ? '' : `   :${command}`, 'dim'),
		],
	);
	// Where there is little room, blank lines go first.
	return [[span(title, 'strong')], ...lines, ...(height > 45 ? [[]] : [])];
}
