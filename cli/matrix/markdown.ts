// The matrix for a merge request or a wiki: GitHub's tables, every name escaped.

import {openPairs} from '../../core/reach/connections-rows.ts';
import {oneLine} from '../report/lines.ts';
import {type Grid, gridOf, mostGroups} from './grid.ts';
import {headlineTexts, pairsText} from './headlines.ts';
import {look} from './look.ts';
import type {MatrixSubject} from './matrix-subject.ts';
import {portWords} from './port-words.ts';
import {summaryOf} from './summary.ts';

/** The most rows of a table of cells; above, and where sets of ports outnumber the letters, a line a pair. */
const most = 40;

export function* renderMarkdown({name, candidate, probes, connections}: MatrixSubject): Generator<string> {
	const summary = summaryOf(connections);
	yield `### ${escaped(name)}: who may reach whom under ${candidate === 'flat' ? 'no policy' : escaped(candidate)}\n\n`;
	yield `By the model alone: ${pairsText(summary)}${probes === null ? '' : `, of ${portWords(probes)} only`}.\n\n`;
	const lines = headlineTexts(summary).map(
		({label, text}) => `- ${label === '' ? '' : `**${label}**: `}${escaped(text)}\n`,
	);
	if (lines.length > 0) yield `${lines.join('')}\n`;
	const grid = connections.groups.length > mostGroups ? null : gridOf(connections, 'equal');
	const table = grid === null || grid.entries.length > most ? null : tableText(grid);
	if (table !== null) yield table;
	else {
		yield '| from | to | ports |\n| --- | --- | --- |\n';
		for (const {source, destination, cell} of openPairs(connections))
			yield rowText([source.label, destination.label, portWords(cell.open)]);
	}
}

function tableText({entries, cell}: Grid): string | null {
	const drawn = look('words');
	let rows: readonly string[];
	try {
		rows = entries.map(source =>
			rowText([source.fullName, ...entries.map(destination => drawn.cell(cell(source, destination)).text)]),
		);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
	const head = rowText(['from ╲ to', ...entries.map(({fullName}) => fullName)]);
	const several = entries.filter(({peers}) => peers.length > 1 && peers[0]!.ranges === null);
	const folded = several.map(
		({fullName, peers}) => `- ${escaped(`${fullName}: ${peers.map(({name}) => name).join(', ')}`)}\n`,
	);
	return [
		`${head}| --- |${' --- |'.repeat(entries.length)}\n${rows.join('')}`,
		`\n${drawn.legend().map(escaped).join(' · ')}\n`,
		...(folded.length === 0 ? [] : [`\n${folded.join('')}`]),
	].join('');
}

const rowText = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |\n`;

/** Text that stays text: no markup, no link, no table border. */
const escaped = (text: string): string =>
	oneLine(text)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll(/[\\`*_{}[\]>|#!~]/g, '\\$&');
