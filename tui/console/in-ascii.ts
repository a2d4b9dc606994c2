import {asciiText} from '../ascii-text.ts';
import {type Line, span} from '../line.ts';
import type {ConsoleState} from './state.ts';

/** Lines without a character beyond ASCII, of the same widths, where the terminal shows no others. */
export const inAscii = ({ascii}: Pick<ConsoleState, 'ascii'>, lines: readonly Line[]): readonly Line[] =>
	ascii ? lines.map(line => line.map(one => span(asciiText(one.text), one.look))) : lines;
