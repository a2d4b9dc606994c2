// The matrix as a picture: self-contained, without script, on a light ground.
import {marks} from '../../core/text/marks.ts';
import {oneLine} from '../report/lines.ts';
import {cut} from '../report/table.ts';
import {drawGrid} from './draw-grid.ts';
import {type Entry, gridOf, mostGroups} from './grid.ts';
import {headlineTexts, pairsText} from './headlines.ts';
import {look} from './look.ts';
import type {MatrixSubject} from './matrix-subject.ts';
import {portWords} from './port-words.ts';
import {summaryOf} from './summary.ts';

const longestLabel = 28;
const longestLine = 150;
const foldAbove = 60;

/** The picture; null for what would be no picture any more: over 200 rows, or more sets of ports than letters. */
export function renderSvg({name, candidate, connections}: MatrixSubject): string | null {
	if (connections.groups.length > mostGroups) return null;
	const all = gridOf(connections, 'addresses');
	const grid = all.entries.length > foldAbove ? gridOf(connections, 'equal') : all;
	const summary = summaryOf(connections);
	const title = `${name}: who may reach whom under ${candidate === 'flat' ? 'no policy' : candidate}`;
	const notes = [
		`By the model alone. ${pairsText(summary)}.`,
		...headlineTexts(summary).map(({label, text}) => `${label === '' ? '' : `${label}: `}${text}`),
	].map(text => cut(oneLine(text), longestLine));
	const drawn = look('letters');
	try {
		return drawGrid({
			title,
			notes,
			entries: grid.entries.map(entry => ({label: labelOf(entry), fullName: entry.fullName, section: entry.section})),
			cell(row, column) {
				const found = grid.cell(grid.entries[row]!, grid.entries[column]!);
				const {text} = drawn.cell(found);
				const says = found === null ? 'no pair' : portWords(found.open);
				const style =
					found === null ? 'self' : found.open.length === 0 ? 'none' : text.startsWith(marks.all) ? 'all' : 'some';
				return {text, says, style};
			},
			styles,
			legend: () => drawn.legend(),
		});
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

const styles = [
	'rect.none,rect.self{fill:#f6f7f9;stroke:#e3e6eb}rect.some{fill:#cfe3ff;stroke:#6a9bdc}rect.all{fill:#f9c58d;stroke:#d08026}',
	'text.none,text.self{fill:#9aa3b2}text.all{fill:#5a3200}',
].join('');

const labelOf = ({fullName, peers}: Entry): string =>
	`${peers[0]!.jewel ? `${marks.jewel} ` : ''}${cut(fullName, longestLabel)}`;
