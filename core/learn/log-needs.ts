// The flows of a log whose ends it names by labels, as needs of pods: no topology is asked.
import type {LabelMap} from '../model/topology.ts';
import type {GadgetNeeds} from './gadget-flows.ts';
import {type PolicyEnd, type PolicyNeed, type PolicyPods, podsKey} from './kubernetes-policies.ts';
import type {FlowLog, SeenEnd} from './seen-flow.ts';
import {stableLabels} from './stable-labels.ts';

/** Pods are ends with labels; what has none is its address, or everybody. Denied flows and protocols without ports are left out. */
export function logNeeds(logs: readonly FlowLog[]): GadgetNeeds {
	const pods = new Map<string, PolicyPods>();
	const needs = new Map<string, PolicyNeed>();
	for (const {source, destination, protocol, port, verdict} of logs.flatMap(({flows}) => flows)) {
		if (verdict === 'denied' || port === 0) continue;
		if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') continue;
		const [from, to] = [endOf(source), endOf(destination)];
		if (from === undefined || to === undefined || (from.kind !== 'pods' && to.kind !== 'pods')) continue;
		for (const end of [from, to])
			if (end.kind === 'pods') {
				const {kind: _, ...own} = end;
				pods.set(podsKey(own), pods.get(podsKey(own)) ?? own);
			}
		const need = {from, to, protocol, port} satisfies PolicyNeed;
		needs.set(JSON.stringify(need), need);
	}
	return {pods: [...pods.values()], needs: [...needs.values()]};
}

function endOf({labels, names, namespace, address, world}: SeenEnd): PolicyEnd | undefined {
	if (labels.length > 0) {
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
