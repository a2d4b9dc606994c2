import {type Line, span, textOf} from '../../line.ts';
import type {Box} from '../view.ts';

/** Items side by side, as many in a line as there is room for; one that is too long stands alone. */
export function wrapped(items: readonly Line[], {columns, widthOf}: Box, between = '  '): readonly Line[] {
	const lines: Line[] = [];
	let line: Line = [];
	let used = 0;
	for (const item of items) {
		const width = widthOf(textOf(item));
		if (line.length > 0 && used + between.length + width > columns) {
			lines.push(line);
			[line, used] = [[], 0];
		}
		used += (line.length === 0 ? 0 : between.length) + width;
		line = line.length === 0 ? item : [...line, span(between), ...item];
	}
	return line.length === 0 ? lines : [...lines, line];
}
