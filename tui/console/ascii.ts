import type {Line} from '../line.ts';

/** What stands for the glyphs of lines that were made for more than ASCII, of the same width. */
const plainly: Readonly<Record<string, string>> = {
	'✓': '+',
	'✗': 'x',
	'»': '>',
	'▸': '>',
	'▾': 'v',
	'▴': '^',
	'◂': '<',
	'≠': '!',
	'…': '~',
	'–': '-',
	'─': '-',
	'’': "'",
	'·': '.',
	'█': '#',
	'▌': '=',
	'▓': '#',
	'▒': '=',
};

/** The lines without a character beyond ASCII: known glyphs by their forms, what else a user wrote by `?`. */
export const inAscii = (lines: readonly Line[]): readonly Line[] =>
	lines.map(line =>
		line.map(span => (isAscii.test(span.text) ? span : {...span, text: span.text.replaceAll(beyond, toAscii)})),
	);

const isAscii = /^[ -~]*$/;
const beyond = /[^ -~]/gu;
const toAscii = (character: string): string => plainly[character] ?? '?';
