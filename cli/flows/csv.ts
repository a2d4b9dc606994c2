// The flows for a spreadsheet, and for `import csv --flows`: a line for each pair of addresses, port and decision.
import {decidingRule, type FlowRow} from '../../core/flows/flow-row.ts';
import {placeText} from '../../core/measure/rule-text.ts';
import {csvField} from '../matrix/csv.ts';
import {oneLine} from '../report/lines.ts';
import type {FlowsSubject} from './flows-subject.ts';

const heads = [
	...['Source', 'Source IP', 'Destination', 'Destination IP', 'Port', 'Protocol', 'Count', 'Verdict', 'Observed'],
	...['Rule', 'Where', 'In force', 'First', 'Last'],
];

/**
 * `Verdict` is what happened to the packets, `allow` or `deny`; `Observed` is `would-deny` or `would-allow` where rules that
 * only observe would have decided otherwise. So whoever learns from the file takes as traffic what was traffic.
 */
export const renderFlowsCsv = ({seen}: FlowsSubject): string =>
	[heads.join(), ...seen.rows.map(row => fieldsOf(row).map(csvField).join()).sort()].map(line => `${line}\n`).join('');

function fieldsOf(row: FlowRow): readonly string[] {
	const {source, destination, protocol, port, count, verdict, would, inForce, firstAt, lastAt} = row;
	const rule = decidingRule(row);
	return [
		source.workload ?? '',
		source.address,
		destination.workload ?? '',
		destination.address,
		protocol === 'icmp' ? '' : String(port),
		protocol,
		String(count),
		verdict,
		would ?? '',
		rule?.id === 'none' ? '' : (rule?.name ?? ''),
		rule?.where ? placeText(rule.where) : '',
		inForce ?? '',
		new Date(firstAt).toISOString(),
		new Date(lastAt).toISOString(),
	].map(oneLine);
}
