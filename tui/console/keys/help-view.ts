import {type Line, span} from '../../line.ts';
import {type Box, beside, filled, type View} from '../view.ts';
import {type HelpGroup, help} from './help.ts';

/** Every key with what it does, in as many columns as there is room for. */
export const helpView: View = (state, box) => {
	const groups = help(state);
	const width = Math.max(...groups.flatMap(({rows}) => rows.map(({key}) => key.length)));
	const blocks = groups.map(group => blockOf(group, width, box));
	const title: Line = [
		span('Keys', 'strong'),
		span('   what stands in brackets is for the palette (:)   any key closes this', 'dim'),
	];
	const columns = box.columns >= 150 ? 2 : 1;
	if (columns === 1) return filled([title, [], ...blocks.flat()], box);
	const half = Math.ceil(blocks.flat().length / 2);
	const left: Line[] = [];
	const right: Line[] = [];
	for (const block of blocks) (left.length + block.length / 2 <= half ? left : right).push(...block);
	const part: Box = {...box, columns: Math.floor((box.columns - 2) / 2), rows: Math.max(0, box.rows - 2)};
	const both = beside([filled(left, part), filled(right, part)], [span('  ')]);
	return filled([title, [], ...both], box);
};

function blockOf({title, rows}: HelpGroup, width: number, {rows: height}: Box): readonly Line[] {
	const lines = rows.map(
		({key, command, about}): Line => [
			span(`  ${key.padEnd(width)}  `, 'accent'),
			span(about),
			span(command === '' ? '' : `  [${command}]`, 'dim'),
		],
	);
	// Where there is little room, blank lines go first.
	return [[span(title, 'strong')], ...lines, ...(height > 45 ? [[]] : [])];
}
