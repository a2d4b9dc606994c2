// AWS VPC flow logs: the default format of version 2, or any with its line of field names.
// Source: Amazon VPC User Guide, "Flow log records".
import {normalAddress} from '../inventory/row-addresses.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import {type FlowLog, nobody, protocolWord, type SeenFlow} from './seen-flow.ts';

const version2 =
	'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
		' ',
	);
const needed = ['srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'];

/** Whether a line is the head or a record of such a log. */
export function isVpcLine(line: string): boolean {
	const words = line.trim().split(/\s+/);
	return needed.every(field => words.includes(field)) || (words.length === version2.length && words[0] === '2');
}

export function parseVpcFlows(file: string, text: string): Parsed<FlowLog> {
	const passed: Problem[] = [];
	const flows: SeenFlow[] = [];
	let fields: readonly string[] = version2;
	let at = 0;
	for (const raw of text.split(/\r?\n/)) {
		at++;
		const words = raw.trim().split(/\s+/);
		const where = {file, line: at, column: 1};
		if (words[0] === '') continue;
		if (needed.every(field => words.includes(field))) {
			fields = words;
			continue;
		}
		const field = (name: string): string => words[fields.indexOf(name)] ?? '-';
		const [source, destination] = [normalAddress(field('srcaddr')), normalAddress(field('dstaddr'))];
		if (source === undefined || destination === undefined) {
			const status = field('log-status');
			const said = status === 'NODATA' || status === 'SKIPDATA' ? `the log has ${status} here` : 'this is no record';
			passed.push({where, what: `${said}: passed by`, mend: status === 'SKIPDATA' ? 'flows are missing in it' : ''});
			continue;
		}
		flows.push({
			source: {...nobody, address: source},
			destination: {...nobody, address: destination},
			protocol: protocolWord(field('protocol')),
			port: Number(field('dstport')) || 0,
			sourcePort: Number(field('srcport')) || null,
			count: 1,
			verdict: field('action') === 'REJECT' ? 'denied' : 'allowed',
			where,
		});
	}
	return {kind: 'ok', value: {flows, passed}, warnings: []};
}
