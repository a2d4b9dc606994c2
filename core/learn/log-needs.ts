// The flows of a log whose ends it names by labels, as needs of pods: no topology is asked.
import type {Problem} from '../model/problem.ts';
import type {LabelMap} from '../model/topology.ts';
import {type PolicyEnd, type PolicyNeed, type PolicyPods, podsKey} from './kubernetes-policies.ts';
import type {FlowLog, SeenEnd, SeenFlow} from './seen-flow.ts';
import {stableLabels} from './stable-labels.ts';
import {talkers} from './talkers.ts';

export interface PodNeeds {
	/** Each group of pods that the log is about, once. */
	readonly pods: readonly PolicyPods[];
	readonly needs: readonly PolicyNeed[];
	/** What became no need, and why: those with most flows first. */
	readonly decisions: readonly Problem[];
}

/** Pods are ends with labels, or those the log says have none; what is no pod is its address, or everybody. */
export function logNeeds(logs: readonly FlowLog[]): PodNeeds {
	const pods = new Map<string, PolicyPods>();
	const needs = new Map<string, PolicyNeed>();
	const heap = talkers(5);
	for (const flow of logs.flatMap(({flows}) => flows)) {
		const [from, to] = [endOf(flow.source), endOf(flow.destination)];
		const reason = whyNot(flow, from, to);
		if (reason !== undefined) heap.add(reason, flow);
		if (reason !== undefined || from === undefined || to === undefined) continue;
		for (const end of [from, to])
			if (end.kind === 'pods') {
				const {kind: _, ...own} = end;
				pods.set(podsKey(own), pods.get(podsKey(own)) ?? own);
			}
		const need = {from, to, protocol: flow.protocol as PolicyNeed['protocol'], port: flow.port};
		needs.set(JSON.stringify(need), need);
	}
	return {
		pods: [...pods.values()],
		needs: [...needs.values()],
		decisions: [...heap.decisions(), ...logs.flatMap(({passed}) => passed.slice(0, mostPassed))],
	};
}

const mostPassed = 20;

function whyNot(
	{source, destination, protocol, port, verdict}: SeenFlow,
	from: PolicyEnd | undefined,
	to: PolicyEnd | undefined,
): {readonly group: string; readonly who: string; readonly mend: string} | undefined {
	const plainly = (group: string, mend: string) => ({group, who: '', mend});
	if (verdict === 'denied') return plainly('that were denied', 'what is denied today is nobody’s need');
	if (!['tcp', 'udp', 'sctp'].includes(protocol) || port === 0)
		return plainly(`of ${protocol}`, 'a NetworkPolicy speaks of tcp, udp and sctp');
	if (from === undefined || to === undefined) {
		const {names, namespace, address} = from === undefined ? source : destination;
		const who = names[0] ?? address ?? namespace ?? 'somebody';
		return {
			group: 'in the cluster and without labels in the log',
			who,
			mend: 'no selector means it: add a rule by hand',
		};
	}
	if (from.kind !== 'pods' && to.kind !== 'pods')
		return plainly('between two ends that are no pods', 'no NetworkPolicy speaks of them');
	return undefined;
}

function endOf({labels, bare, names, namespace, address, world}: SeenEnd): PolicyEnd | undefined {
	if (labels.length > 0 || bare === true) {
		const own = stableLabels(labelMap(labels));
		const name = Object.values(own)[0] ?? names[0] ?? 'pods';
		return {kind: 'pods', name: name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-'), namespace, labels: own};
	}
	if (address !== null && namespace === null)
		return {kind: 'addresses', cidr: `${address}/${address.includes(':') ? 128 : 32}`};
	return world ? {kind: 'world'} : undefined;
}

const labelMap = (labels: readonly string[]): LabelMap =>
	Object.fromEntries(
		labels.map(label => label.split(/=(.*)/s, 2) as [string, string]).map(([key, value]) => [key, value ?? '']),
	);
