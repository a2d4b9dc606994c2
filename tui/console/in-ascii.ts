import type {Line} from '../line.ts';
import type {ConsoleState} from './state.ts';

const plain: Readonly<Record<string, string>> = {
	...{'·': '-', '×': 'x', '–': '-', '’': "'", '…': '~', '▏': '_', '▸': '>', '◂': '<', '─': '-', '✗': 'x'},
};

/** Lines of equal width without the signs that this program itself adds beyond ASCII, where the terminal has no others. */
export const inAscii = ({ascii}: Pick<ConsoleState, 'ascii'>, lines: readonly Line[]): readonly Line[] =>
	ascii
		? lines.map(line => line.map(({text, look}) => ({text: text.replaceAll(signs, sign => plain[sign]!), look})))
		: lines;

const signs = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');
