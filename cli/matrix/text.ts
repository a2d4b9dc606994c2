// The matrix for people: what stands out, then a table where one fits, else a list by source.

import {type Connections, isPair} from '../../core/reach/connections.ts';
import type {Peer} from '../../core/reach/connections-peers.ts';
import {cellRows} from '../../core/reach/connections-rows.ts';
import {oneLine, type Page, plural, spread, wrap} from '../report/lines.ts';
import {type Entry, type Grid, gridOf, mostGroups, sectionOf, sectionOrder} from './grid.ts';
import {headlines, pairsText} from './headlines.ts';
import type {MatrixSubject} from './matrix-subject.ts';
import {portWords} from './port-words.ts';
import {type SourceRow, sourceList} from './source-list.ts';
import {type MatrixSummary, summaryOf} from './summary.ts';
import {type Table, tableOf} from './table.ts';

/** The most rows of a table, and the most sources of a list. */
const most = 40;

/** Head, headlines, and the table or the list; in pieces. */
export function* renderMatrixText(subject: MatrixSubject, page: Page): Generator<string> {
	const {name, candidate, placement, probes, connections} = subject;
	const summary = summaryOf(connections);
	const title = `${oneLine(name)} · ${candidate === 'flat' ? 'no policy' : oneLine(candidate)}${placement === 'host' ? '' : ` (${placement})`} · who may reach whom, by the model`;
	const only = probes === null ? '' : `only ${portWords(probes)}; `;
	yield `${spread(title, `${only}${plural(summary.owners, 'owner')}, ${pairsText(summary)}`, page).join('\n')}\n\n`;
	const above = headlines(summary, page);
	if (above.length > 0) yield `${above.join('\n')}\n\n`;
	const grid = connections.groups.length > mostGroups ? null : smallest(connections, page);
	if (grid === null || grid.table === null) yield* list(connections, grid?.folded ?? null, summary, page);
	else {
		const {table, entries} = grid;
		yield `${table.lines.join('\n')}\n\n`;
		yield `${legendLines(table, page).join('\n')}\n`;
		yield* foldedLines(entries, page);
	}
}

interface Fitting {
	readonly table: Table | null;
	readonly entries: readonly Entry[];
	readonly folded: Grid;
}

/** Words before letters, every owner on its own before equal ones together; no table where none fits. */
function smallest(connections: Connections, page: Page): Fitting {
	const folded = gridOf(connections, 'equal');
	for (const kind of ['words', 'letters'] as const)
		for (const grid of [gridOf(connections, 'addresses'), folded]) {
			const table = grid.entries.length > most ? null : tableOf(grid, kind, page);
			if (table !== null) return {table, entries: grid.entries, folded};
		}
	return {table: null, entries: [], folded};
}

const legendLines = ({legend}: Table, {width}: Page): readonly string[] => {
	const lines: string[] = [];
	for (const word of legend) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 3 + word.length <= width) lines[lines.length - 1] = `${last}   ${word}`;
		else lines.push(`  ${word}`);
	}
	return lines;
};

/** Who is behind a row that stands for several. */
function* foldedLines(entries: readonly Entry[], page: Page): Generator<string> {
	const several = entries.filter(({peers}) => peers.length > 1 && peers[0]!.ranges === null);
	if (several.length > 0) yield '\n';
	for (const {fullName, peers} of several) {
		const names = peers.map(({name}) => oneLine(name));
		yield `${wrap(`${fullName}: ${names.join(', ')}`, page.width, 2, 6).join('\n')}\n`;
	}
}

/** Every source, or of many the ones that reach most, and how to get the others. */
function* list(connections: Connections, folded: Grid | null, {reached}: MatrixSummary, page: Page): Generator<string> {
	const rows = folded === null ? peerRows(connections, reached) : gridRows(folded);
	yield* sourceList(rows, page);
	const left = connections.peers.filter(({ranges}) => ranges === null).length - most;
	if (folded === null && left > 0)
		yield `\n  ${plural(left, 'source')} more reach less; every pair: --format connlist, csv or json\n`;
}

function* gridRows({entries, cell}: Grid): Generator<SourceRow> {
	const all = entries.reduce((sum, {peers}) => sum + peers.length, 0);
	for (const source of entries) {
		const open = entries.flatMap(destination => {
			const found = cell(source, destination);
			return found === null || found.open.length === 0 ? [] : [{destination, cell: found}];
		});
		yield {source, open, others: all - 1};
	}
}

function* peerRows(connections: Connections, reached: ReadonlyMap<string, number>): Generator<SourceRow> {
	const {peers} = connections;
	const entries = peers.map(asEntry).sort((a, b) => sectionOrder(a.section, b.section));
	const widest = entries
		.filter(({peers: [peer]}) => peer!.ranges === null)
		.sort((a, b) => reached.get(b.peers[0]!.name)! - reached.get(a.peers[0]!.name)!);
	const rowOf = cellRows(connections);
	for (const source of widest.slice(0, most)) {
		const row = rowOf(source.peers[0]!);
		const open = entries.flatMap(destination => {
			const cell = row[destination.peers[0]!.group]!;
			return cell.open.length > 0 && isPair(source.peers[0]!, destination.peers[0]!) ? [{destination, cell}] : [];
		});
		yield {source, open, others: peers.length - 1};
	}
}

const asEntry = (peer: Peer): Entry => ({
	name: oneLine(peer.label),
	fullName: oneLine(peer.label),
	section: sectionOf(peer),
	peers: [peer],
});
