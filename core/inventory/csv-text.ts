// CSV as rows with their lines. What spreadsheets write is read: quotes, a byte order mark, CRLF, semicolons and tabs.
// Source: RFC 4180.
import papaparse from 'papaparse';
import type {Parsed} from '../model/problem.ts';

export interface CsvRow {
	/** 1-based line of the file on which it begins. */
	readonly line: number;
	/** Trimmed, by the place of the heading; '' where the row is short. */
	readonly cells: readonly string[];
}

export interface CsvTable {
	readonly file: string;
	/** Trimmed, in the order of the file. */
	readonly headings: readonly string[];
	readonly rows: readonly CsvRow[];
}

/** The first line that is not empty has the headings; empty lines and lines of empty cells are no rows. */
export function parseCsv(file: string, text: string): Parsed<CsvTable> {
	const wrong = (line: number, what: string, mend: string): Parsed<CsvTable> => ({
		kind: 'wrong',
		problems: [{where: {file, line, column: 1}, what, mend}],
	});
	const {data, errors} = papaparse.parse<string[]>(text.replace(/^\ufeff/, ''), {
		delimitersToGuess: [',', ';', '\t', '|'],
	});
	const rows: CsvRow[] = [];
	const lines: number[] = [];
	let line = 1;
	for (const cells of data) {
		lines.push(line);
		if (cells.some(cell => cell.trim() !== '')) rows.push({line, cells: cells.map(cell => cell.trim())});
		line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
	}
	const quotes = errors.find(({type}) => type === 'Quotes');
	if (quotes !== undefined)
		return wrong(
			lines[quotes.row ?? 0] ?? 1,
			'a quoted cell does not end',
			'close it with ", and write a quote in it twice',
		);
	const [headings, ...rest] = rows;
	if (headings === undefined) return wrong(1, 'the file is empty', 'the first line has the headings');
	if (rest.length === 0) return wrong(headings.line, 'there is no row below the headings', '');
	return {kind: 'ok', value: {file, headings: headings.cells, rows: rest}, warnings: []};
}
