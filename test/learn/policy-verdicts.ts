// What NetworkPolicies mean to the pods that they speak of, so that two are compared by their verdicts and not by their text.
import {parseAllDocuments, stringify} from 'yaml';
import {renderConnlist} from '../../cli/matrix/connlist.ts';
import {importManifests} from '../../core/kubernetes/import.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {connectionsOf} from '../../core/reach/connections.ts';

interface Selector {
	readonly matchLabels?: Readonly<Record<string, string>>;
}
interface Peer {
	readonly namespaceSelector?: Selector;
	readonly podSelector?: Selector;
}
interface Policy {
	readonly metadata: {readonly namespace?: string};
	readonly spec: {
		readonly podSelector: Selector;
		readonly ingress?: readonly {readonly from?: readonly Peer[]}[];
		readonly egress?: readonly {readonly to?: readonly Peer[]}[];
	};
}

const nameOf = 'kubernetes.io/metadata.name';

/** Every namespace that one of the texts names, with a pod for each selector and one that none of them means. */
function cluster(texts: readonly string[]): string {
	const pods = new Map<string, object>();
	const namespaces = new Set<string>(['elsewhere']);
	const add = (namespace: string, labels: Readonly<Record<string, string>>): void => {
		namespaces.add(namespace);
		const key = JSON.stringify([namespace, Object.entries(labels).sort()]);
		if (pods.has(key)) return;
		pods.set(key, {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: `p${pods.size}`, namespace, labels},
			spec: {containers: [{name: 'c', image: 'c'}]},
		});
	};
	for (const {metadata, spec} of texts.flatMap(policiesOf)) {
		const own = metadata.namespace ?? 'default';
		add(own, spec.podSelector.matchLabels ?? {});
		const peers = [...(spec.ingress ?? []).map(({from}) => from), ...(spec.egress ?? []).map(({to}) => to)].flat();
		for (const peer of peers)
			add(peer?.namespaceSelector?.matchLabels?.[nameOf] ?? own, peer?.podSelector?.matchLabels ?? {});
	}
	for (const namespace of namespaces) add(namespace, {stray: 'yes'});
	const spaces = [...namespaces].map(name => ({
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {name, labels: {[nameOf]: name}},
	}));
	return [...spaces, ...pods.values()].map(one => stringify(one)).join('---\n');
}

const policiesOf = (text: string): readonly Policy[] =>
	parseAllDocuments(text).map(document => document.toJS() as Policy);

/** Who may reach whom and what, as a connlist. @throws with the problems of what is no NetworkPolicy */
export function connlistOf(files: Readonly<Record<string, string>>): readonly string[] {
	const read = importManifests(
		Object.entries(files).map(([path, text]) => ({path, text})),
		{assumed: false},
	);
	if (read.kind === 'wrong') throw new Error(read.problems.map(renderProblem).join('\n'));
	const {topology, stack} = read.value;
	return [...renderConnlist(connectionsOf(topology, stack))].join('').trimEnd().split('\n');
}

/** Lines that only one of two texts of policies has, `-` the first; both on the same pods, which are those they name. */
export function verdictsThatDiffer(one: string, other: string): readonly string[] {
	const pods = cluster([one, other]);
	return differingLines(
		...([one, other].map(text => connlistOf({'pods.yaml': pods, 'policies.yaml': text})) as [
			readonly string[],
			readonly string[],
		]),
	);
}

export const differingLines = (one: readonly string[], other: readonly string[]): readonly string[] => [
	...one.filter(line => !other.includes(line)).map(line => `- ${line}`),
	...other.filter(line => !one.includes(line)).map(line => `+ ${line}`),
];
