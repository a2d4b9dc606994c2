// Flow records of Antrea's flow aggregator, as Theia keeps them: JSON with the columns of its table, an object a line or
// one array. Source: Antrea "Network Flow Visibility" (the registry of IPFIX elements, flowType among them); Theia,
// ClickHouse table `flows`; protocolIdentifier and the addresses are those of IPFIX (RFC 7012).
import {z} from 'zod';
import {normalAddress} from '../inventory/row-addresses.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import {type FlowLog, protocolWord, type SeenEnd, type SeenFlow} from './seen-flow.ts';

const text = z.string().nullish();
const number = z.coerce.number().optional().catch(undefined);
/** As the table has them, JSON in a string; or the object itself. */
const labels = z.union([z.string(), z.record(z.string(), z.unknown())]).nullish();
const recordSchema = z.object({
	sourceIP: text,
	destinationIP: text,
	sourcePodName: text,
	sourcePodNamespace: text,
	sourcePodLabels: labels,
	destinationPodName: text,
	destinationPodNamespace: text,
	destinationPodLabels: labels,
	/** `namespace/name:port` of the Service that was asked for. */
	destinationServicePortName: text,
	destinationTransportPort: z.coerce.number().int().min(0).max(65_535),
	protocolIdentifier: z.union([z.string(), z.number()]),
	/** 3: to an address outside the cluster; Theia's word for it. */
	flowType: z.union([z.string(), z.number()]).nullish(),
	/** 1: allowed; 2 and 3: dropped and rejected. */
	ingressNetworkPolicyRuleAction: number,
	egressNetworkPolicyRuleAction: number,
});
type Record = z.output<typeof recordSchema>;

const toExternal: readonly unknown[] = [3, '3', 'pod_to_external'];

/** Whether a log is of such records, by its beginning. */
export const isAntreaLog = (text: string): boolean => {
	const head = text.slice(0, 8000);
	return (
		/^\ufeff?\s*[[{]/.test(head) &&
		['"destinationTransportPort"', '"protocolIdentifier"'].every(name => head.includes(name))
	);
};

export function parseAntreaFlows(file: string, lines: string): Parsed<FlowLog> {
	const passed: Problem[] = [];
	const array = /^\s*\[/.test(lines) ? objectOf(lines) : undefined;
	const records: readonly {readonly line: number; readonly value: unknown}[] = Array.isArray(array)
		? array.map(value => ({line: 1, value}))
		: lines.split('\n').flatMap((raw, at) => (raw.trim() === '' ? [] : [{line: at + 1, value: objectOf(raw)}]));
	const flows = records.flatMap(({line, value}): readonly SeenFlow[] => {
		const where = {file, line, column: 1};
		const record = recordSchema.safeParse(value);
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
		record.destinationServicePortName,
	);
	if (source === undefined || destination === undefined) return undefined;
	const denied = [record.ingressNetworkPolicyRuleAction, record.egressNetworkPolicyRuleAction].some(
		action => action === 2 || action === 3,
	);
	return {
		source,
		destination: {...destination, world: toExternal.includes(record.flowType)},
		protocol: protocolWord(String(record.protocolIdentifier)),
		port: record.destinationTransportPort,
		// The aggregator counts connections: it knows who opened them.
		sourcePort: null,
		count: 1,
		verdict: denied ? 'denied' : 'allowed',
		where,
	};
}

/** What is a Service's address is nobody's outside: it has a namespace, though the log may name no pod behind it. */
function endOf(
	address: Text,
	pod: Text,
	namespace: Text,
	labels: Record['sourcePodLabels'],
	service: Text = '',
): SeenEnd | undefined {
	const known = normalAddress(address ?? '') ?? null;
	const object = typeof labels === 'string' ? objectOf(labels) : labels;
	const said = typeof object === 'object' && object !== null && !Array.isArray(object);
	const pairs = said ? Object.entries(object) : [];
	const names = [pod ?? '', service?.split(':')[0] ?? ''].filter(name => name !== '');
	if (known === null && names.length === 0 && !said) return undefined;
	const own = namespace || /^([^/]+)\//.exec(service ?? '')?.[1] || null;
	return {
		address: known,
		names,
		labels: pairs.map(([key, value]) => `${key}=${value}`),
		namespace: own,
		...(said && pairs.length === 0 && own !== null && {bare: true}),
		world: false,
	};
}

type Text = string | null | undefined;

function objectOf(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
