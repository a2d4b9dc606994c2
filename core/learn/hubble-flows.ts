// Flows as `hubble observe -o json` writes them, one object a line.
// Source: cilium/api/v1/flow/flow.proto, in its JSON mapping.
import {z} from 'zod';
import {normalAddress} from '../inventory/row-addresses.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import type {FlowLog, SeenEnd, SeenFlow} from './seen-flow.ts';

const endpoint = z
	.object({
		namespace: z.string().optional(),
		labels: z.array(z.string()).optional(),
		pod_name: z.string().optional(),
		workloads: z.array(z.object({name: z.string().optional()})).optional(),
	})
	.optional();
const ports = z.object({source_port: z.number().optional(), destination_port: z.number().optional()});
const flowSchema = z.object({
	verdict: z.string().optional(),
	IP: z.object({source: z.string().optional(), destination: z.string().optional()}).optional(),
	l4: z
		.object({
			TCP: ports.optional(),
			UDP: ports.optional(),
			SCTP: ports.optional(),
			ICMPv4: z.unknown().optional(),
			ICMPv6: z.unknown().optional(),
		})
		.optional(),
	source: endpoint,
	destination: endpoint,
	source_names: z.array(z.string()).optional(),
	destination_names: z.array(z.string()).optional(),
	is_reply: z.union([z.boolean(), z.object({value: z.boolean().optional()}), z.null()]).optional(),
	reply: z.boolean().optional(),
});
type HubbleFlow = z.output<typeof flowSchema>;

export function parseHubbleFlows(file: string, text: string): Parsed<FlowLog> {
	const passed: Problem[] = [];
	const flows: SeenFlow[] = [];
	let line = 0;
	for (const raw of text.split('\n')) {
		line++;
		if (raw.trim() === '') continue;
		const where = {file, line, column: 1};
		const object = readObject(raw);
		if (object === undefined) {
			passed.push({where, what: 'this line is no JSON object: passed by', mend: ''});
			continue;
		}
		if ('lost_events' in object) {
			passed.push({where, what: 'Hubble lost events here', mend: 'flows are missing in the log'});
			continue;
		}
		if ('node_status' in object) continue;
		const flow = flowSchema.safeParse(object.flow ?? object);
		const seen = flow.success ? seenFlow(flow.data, where) : undefined;
		if (seen === undefined) passed.push({where, what: 'this line has no flow between two ends: passed by', mend: ''});
		else flows.push(seen);
	}
	return {kind: 'ok', value: {flows, passed}, warnings: []};
}

function readObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}

/** What answered a connection is turned round: who asked is the source. */
function seenFlow(flow: HubbleFlow, where: SeenFlow['where']): SeenFlow | undefined {
	const l4: NonNullable<HubbleFlow['l4']> = flow.l4 ?? {};
	const [protocol, port] =
		(['tcp', 'udp', 'sctp'] as const)
			.map(one => [one, l4[one.toUpperCase() as 'TCP' | 'UDP' | 'SCTP']] as const)
			.find(([, found]) => found !== undefined) ?? ([(l4.ICMPv4 ?? l4.ICMPv6) ? 'icmp' : '', undefined] as const);
	if (protocol === '') return undefined;
	const [asks, answers] = [
		endOf(flow.source, flow.IP?.source, flow.source_names),
		endOf(flow.destination, flow.IP?.destination, flow.destination_names),
	];
	const reply = flow.reply ?? (typeof flow.is_reply === 'object' ? flow.is_reply?.value : flow.is_reply) ?? false;
	return {
		source: reply ? answers : asks,
		destination: reply ? asks : answers,
		protocol,
		port: (reply ? port?.source_port : port?.destination_port) ?? 0,
		sourcePort: null,
		count: 1,
		verdict: flow.verdict === 'DROPPED' || flow.verdict === 'ERROR' ? 'denied' : 'allowed',
		where,
	};
}

/** Labels that the pod has in Kubernetes: Cilium adds its own of the namespace, the cluster and the account. */
const ofPod = /^k8s:(?!io\.cilium\.|io\.kubernetes\.pod\.namespace=)/;

function endOf(end: HubbleFlow['source'], address: string | undefined, domains: readonly string[] = []): SeenEnd {
	const {namespace, labels = [], pod_name: pod, workloads = []} = end ?? {};
	return {
		address: address === undefined ? null : (normalAddress(address) ?? null),
		names: [...workloads.flatMap(({name}) => name ?? []), ...(pod === undefined ? [] : [pod]), ...domains],
		labels: labels.filter(label => ofPod.test(label)).map(label => label.slice('k8s:'.length)),
		namespace: namespace ?? null,
		world: labels.some(label => label.startsWith('reserved:world')),
	};
}
