import {type Line, shown, span, type WidthOf} from '../../line.ts';
import {brokenAtBlanks} from '../broken-at-blanks.ts';

/** A question that `y` says yes to. */
export const askLines = (
	question: string,
	{columns, widthOf}: {readonly columns: number; readonly widthOf: WidthOf},
): readonly Line[] => [
	[],
	...brokenAtBlanks(shown(question), Math.max(1, Math.min(70, columns - 4)), widthOf).map(text => [span(`  ${text}`)]),
	[],
	[span('  y', 'strong'), span(' yes   '), span('any other key', 'strong'), span(' no')],
];
