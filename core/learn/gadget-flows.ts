// Events of Inspektor Gadget's network tracer, one JSON object a line, as needs of the pods that they are about.
// Source: inspektor-gadget pkg/gadgets/advise/networkpolicy/advisor: labels of revisions are no part of a selector, what a
// pod says to itself is no need, and an event is about one end alone.
import {z} from 'zod';
import type {Parsed, Problem} from '../model/problem.ts';
import {type PolicyEnd, type PolicyNeed, type PolicyPods, podsKey} from './kubernetes-policies.ts';
import type {PodNeeds} from './log-needs.ts';
import {stableLabels} from './stable-labels.ts';

const labels = z.record(z.string(), z.string()).optional();
const eventSchema = z.object({
	type: z.string().optional(),
	k8s: z.object({namespace: z.string(), podname: z.string().optional(), podName: z.string().optional()}),
	podLabels: labels,
	podIP: z.string().optional(),
	podHostIP: z.string().optional(),
	pktType: z.enum(['OUTGOING', 'HOST', 'BROADCAST', 'MULTICAST', 'OTHERHOST', 'LOOPBACK']),
	proto: z.enum(['tcp', 'udp', 'sctp']).or(z.string()),
	port: z.number(),
	dst: z.object({
		kind: z.string(),
		addr: z.string().optional(),
		namespace: z.string().optional(),
		name: z.string().optional(),
		podLabels: labels,
	}),
});
type Event = z.output<typeof eventSchema>;

/** Whether a log is of such events, by its first line that is about a packet. */
export const isGadgetLog = (text: string): boolean => /^\s*\{[^\n]*"pktType"/m.test(text.slice(0, 100_000));

export function parseGadgetEvents(file: string, text: string): Parsed<PodNeeds> {
	const problems: Problem[] = [];
	const pods = new Map<string, PolicyPods>();
	const needs: PolicyNeed[] = [];
	for (const [at, raw] of text.split('\n').entries()) {
		if (raw.trim() === '') continue;
		const object = objectOf(raw);
		if (saysOtherwise(object)) continue;
		const event = eventSchema.safeParse(object);
		if (!event.success) {
			problems.push({
				where: {file, line: at + 1, column: 1},
				what: 'this line is no event of a network tracer',
				mend: 'events of other gadgets belong in a file of their own',
			});
			continue;
		}
		const own = podsOf(event.data);
		const far = farEnd(event.data);
		pods.set(podsKey(own), pods.get(podsKey(own)) ?? own);
		const {proto, port, pktType} = event.data;
		if (far === undefined || (proto !== 'tcp' && proto !== 'udp' && proto !== 'sctp')) continue;
		const near: PolicyEnd = {kind: 'pods', ...own};
		if (pktType === 'OUTGOING') needs.push({from: near, to: far, protocol: proto, port});
		if (pktType === 'HOST') needs.push({from: far, to: near, protocol: proto, port});
	}
	return problems.length > 0
		? {kind: 'wrong', problems}
		: {kind: 'ok', value: {pods: [...pods.values()], needs, decisions: []}, warnings: []};
}

/** What the tracer says of itself: ready, a warning, an error. */
const saysOtherwise = (object: unknown): boolean =>
	typeof object === 'object' && object !== null && 'type' in object && object.type !== 'normal';

function objectOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const podsOf = ({k8s, podLabels = {}}: Event): PolicyPods => ({
	name: k8s.podname ?? k8s.podName ?? 'pods',
	namespace: k8s.namespace,
	labels: stableLabels(podLabels),
});

function farEnd({dst, podIP, podHostIP}: Event): PolicyEnd | undefined {
	const {kind, addr, namespace, name, podLabels = {}} = dst;
	if (kind === 'pod' || kind === 'svc')
		return {kind: 'pods', name: name ?? '', namespace: namespace ?? null, labels: stableLabels(podLabels)};
	// A pod may always talk to itself and to its node (networking.k8s.io/v1).
	if (addr === undefined || addr === '127.0.0.1' || addr === '::1' || addr === podIP || addr === podHostIP)
		return undefined;
	return {kind: 'addresses', cidr: `${addr}/${addr.includes(':') ? 128 : 32}`};
}
