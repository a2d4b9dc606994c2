import {marks} from '../core/text/marks.ts';
import {glyphs} from './glyphs.ts';

/** What stands for a glyph where nothing beyond ASCII is printed; `?` for what has no such form, such as a user's letters. */
export const asciiForm = (grapheme: string): string => forms[grapheme] ?? '?';

const forms: Readonly<Record<string, string>> = {
	...Object.fromEntries(Object.values(glyphs).map(({text, ascii}) => [text, ascii])),
	...{[marks.good]: '+', [marks.bad]: 'x', [marks.passedOn]: '>'},
	...{'▸': '>', '▾': 'v', '▴': '^', '◂': '<', '▶': '>', '◀': '<', '≠': '!', '…': '~', '≤': '<', '≥': '>', '→': '>'},
	...{
		'–': '-',
		'─': '-',
		'╌': '-',
		'━': '=',
		'╸': '-',
		'╲': '\\',
		'│': '|',
		'’': "'",
		'“': '"',
		'”': '"',
		'×': 'x',
		'‖': '|',
		'▏': '_',
	},
	...{
		'█': '#',
		'▌': '=',
		'▉': '#',
		'▊': '#',
		'▋': '#',
		'▍': '=',
		'▎': '_',
		'▓': '#',
		'▒': '=',
		'•': '.',
		'░': '.',
		'▄': '=',
	},
};
