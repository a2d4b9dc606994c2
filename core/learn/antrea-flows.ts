// Flow records of Antrea's flow aggregator, as Theia keeps them: JSON lines with the columns of its table.
// Source: Theia, ClickHouse table `flows`; protocolIdentifier and the addresses are those of IPFIX (RFC 7012).
import {z} from 'zod';
import {normalAddress} from '../inventory/row-addresses.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import {type FlowLog, protocolWord, type SeenEnd, type SeenFlow} from './seen-flow.ts';

const text = z.string().optional();
const number = z.coerce.number().optional();
const recordSchema = z.object({
	sourceIP: text,
	destinationIP: text,
	sourcePodName: text,
	sourcePodNamespace: text,
	sourcePodLabels: text,
	destinationPodName: text,
	destinationPodNamespace: text,
	destinationPodLabels: text,
	destinationTransportPort: z.coerce.number(),
	protocolIdentifier: z.coerce.number(),
	/** 3: to an address outside the cluster. */
	flowType: number,
	/** 1: allowed; 2 and 3: dropped and rejected. */
	ingressNetworkPolicyRuleAction: number,
	egressNetworkPolicyRuleAction: number,
});
type Record = z.output<typeof recordSchema>;

const toExternal = 3;

/** Whether a line is such a record. */
export const isAntreaLine = (line: string): boolean =>
	/^\s*\{/.test(line) && line.includes('"destinationTransportPort"') && line.includes('"protocolIdentifier"');

export function parseAntreaFlows(file: string, lines: string): Parsed<FlowLog> {
	const passed: Problem[] = [];
	const flows = lines.split('\n').flatMap((raw, at): readonly SeenFlow[] => {
		if (raw.trim() === '') return [];
		const where = {file, line: at + 1, column: 1};
		const record = recordSchema.safeParse(objectOf(raw));
		const seen = record.success ? flowOf(record.data, where) : undefined;
		if (seen === undefined) passed.push({where, what: 'this line is no record of a flow: passed by', mend: ''});
		return seen === undefined ? [] : [seen];
	});
	return {kind: 'ok', value: {flows, passed}, warnings: []};
}

function flowOf(record: Record, where: SeenFlow['where']): SeenFlow | undefined {
	const source = endOf(record.sourceIP, record.sourcePodName, record.sourcePodNamespace, record.sourcePodLabels);
	const destination = endOf(
		record.destinationIP,
		record.destinationPodName,
		record.destinationPodNamespace,
		record.destinationPodLabels,
	);
	if (source === undefined || destination === undefined) return undefined;
	const denied = [record.ingressNetworkPolicyRuleAction, record.egressNetworkPolicyRuleAction].some(
		action => action === 2 || action === 3,
	);
	return {
		source,
		destination: {...destination, world: record.flowType === toExternal},
		protocol: protocolWord(String(record.protocolIdentifier)),
		port: record.destinationTransportPort,
		// The aggregator counts connections: it knows who opened them.
		sourcePort: null,
		count: 1,
		verdict: denied ? 'denied' : 'allowed',
		where,
	};
}

function endOf(address = '', pod = '', namespace = '', labels = ''): SeenEnd | undefined {
	const known = normalAddress(address) ?? null;
	const object = labels === '' ? {} : objectOf(labels);
	const pairs = typeof object === 'object' && object !== null ? Object.entries(object) : [];
	if (known === null && pod === '' && pairs.length === 0) return undefined;
	return {
		address: known,
		names: pod === '' ? [] : [pod],
		labels: pairs.map(([key, value]) => `${key}=${value}`),
		namespace: namespace === '' ? null : namespace,
		world: false,
	};
}

function objectOf(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
