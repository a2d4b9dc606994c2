import type {WidthOf} from '../line.ts';

/** The text in lines of so many columns; a word that is longer than that has a line to itself. At least one line. */
export function brokenAtBlanks(text: string, columns: number, widthOf: WidthOf): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (line === '' || widthOf(longer) <= columns) line = longer;
		else {
			lines.push(line);
			line = word;
		}
	}
	return [...lines, line];
}
