// Flows from a table: Illumio's traffic exports, and whatever has a source, a destination and a port.
import {type CsvTable, parseCsv} from '../inventory/csv-text.ts';
import {type Columns, cellOf, columnsOf} from '../inventory/headings.ts';
import {flowHeadings} from '../inventory/known-headings.ts';
import {normalAddress} from '../inventory/row-addresses.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import {type FlowLog, protocolWord, type SeenEnd, type SeenFlow} from './seen-flow.ts';

/** @param said - `port=Dst Port`, for headings that are not known */
export function parseCsvFlows(file: string, text: string, said: readonly string[]): Parsed<FlowLog> {
	const table = parseCsv(file, text);
	if (table.kind === 'wrong') return table;
	const find = (needed: readonly string[]) =>
		columnsOf(table.value, {known: flowHeadings, said, needed, open: 'known fields'});
	const all = [['source', 'sourceAddress'], ['destination', 'destinationAddress'], ['port']].map(find);
	const problems = all.flatMap(one => (one.kind === 'wrong' ? one.problems : []));
	const [columns] = all;
	if (problems.length > 0 || columns?.kind !== 'ok') return {kind: 'wrong', problems};
	return {kind: 'ok', value: readFlows(table.value, columns.value), warnings: []};
}

function readFlows({file, rows}: CsvTable, columns: Columns): FlowLog {
	const passed: Problem[] = [];
	const flows = rows.flatMap(({line, cells}): readonly SeenFlow[] => {
		const where = {file, line, column: 1};
		const cell = (field: string): string => cellOf(columns, cells, field);
		const [source, destination] = [
			endOf(cell('source'), cell('sourceAddress')),
			endOf(cell('destination'), cell('destinationAddress')),
		];
		const [, digits = '', behind = ''] = /^(\d*)[\s/]*([\p{L}\d]*)/u.exec(cell('port')) ?? [];
		const protocol = protocolWord(cell('protocol') || behind || (digits === '' ? cell('port') : 'tcp'));
		const port = Number(digits);
		const wrong =
			source === undefined || destination === undefined
				? 'a flow without a source or a destination'
				: port > 65_535 || (port === 0 && ['tcp', 'udp', 'sctp'].includes(protocol))
					? `${cell('port') || 'nothing'} is no port`
					: undefined;
		if (wrong !== undefined || source === undefined || destination === undefined) {
			passed.push({where, what: `${wrong}: the row is passed by`, mend: ''});
			return [];
		}
		const sourcePort = Number(cell('sourcePort'));
		return [
			{
				source,
				destination,
				protocol,
				port,
				sourcePort: Number.isInteger(sourcePort) && sourcePort > 0 ? sourcePort : null,
				count: Math.max(1, Math.trunc(Number(cell('count').replaceAll(/[\s,.']/g, ''))) || 1),
				verdict: /^(?!.*potentially).*(block|den|drop|reject)/i.test(cell('verdict')) ? 'denied' : 'allowed',
				where,
			},
		];
	});
	return {flows, passed};
}

/** A name, an address, or both; either may stand in the other's column. */
function endOf(name: string, address: string): SeenEnd | undefined {
	const read = normalAddress(address) ?? normalAddress(name) ?? null;
	const names = [name, address].filter(word => word !== '' && normalAddress(word) === undefined);
	if (read === null && names.length === 0) return undefined;
	return {address: read, names, labels: [], namespace: null, world: false};
}
