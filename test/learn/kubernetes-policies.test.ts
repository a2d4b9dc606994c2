// Needs as NetworkPolicies, against what other people's tools give for the same flows and manifests.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {parseAllDocuments, stringify} from 'yaml';
import {policyDocuments} from '../../cli/learn/kubernetes-text.ts';
import {importManifests} from '../../core/kubernetes/import.ts';
import {parseGadgetEvents} from '../../core/learn/gadget-flows.ts';
import {
	kubernetesPolicies,
	type PolicyEnd,
	type PolicyNeed,
	type PolicyPods,
} from '../../core/learn/kubernetes-policies.ts';
import type {Topology} from '../../core/model/topology.ts';
import {corpora, corporaMissing} from '../kubernetes/corpus.ts';
import {connlistOf, differingLines} from './policy-verdicts.ts';

const withCorpora = corporaMissing === undefined ? test : test.skip;
const reason = corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`;

interface WithSpec {
	readonly metadata: {readonly namespace?: string};
	readonly spec: object;
}

/** Namespaces and specs, names apart; keys and rules in one order, so that two that mean the same are equal. */
const specs = (policies: readonly WithSpec[]): readonly string[] =>
	policies.map(({metadata, spec}) => JSON.stringify([metadata.namespace ?? 'default', sorted(spec)])).sort();

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, one]) => [key, sorted(one)]),
	);
}

const readYaml = (file: string): readonly WithSpec[] =>
	parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS() as WithSpec);

withCorpora(`flows of Inspektor Gadget give the policies that its advisor gives${reason}`, t => {
	const folder = join(corpora, 'flow-recommend');
	const cases = readdirSync(folder).filter(name => existsSync(join(folder, name, 'input/flows.jsonl')));
	t.true(cases.length >= 2);
	for (const name of cases) {
		const flows = parseGadgetEvents('flows.jsonl', readFileSync(join(folder, name, 'input/flows.jsonl'), 'utf8'));
		if (flows.kind === 'wrong') return t.fail(JSON.stringify(flows.problems));
		const {pods, needs} = flows.value;
		const policies = kubernetesPolicies(pods, needs, {dns: false, isolate: 'both', isolateNamespaces: false});
		t.deepEqual(specs(policies), specs(readYaml(join(folder, name, 'expected.txt'))), name);
	}
});

/** Who gets a policy, and the needs between them, of an imported cluster. */
function needsOf({workloads, dependencies}: Topology): {
	readonly pods: readonly PolicyPods[];
	readonly needs: readonly PolicyNeed[];
} {
	const byKind = new Map(
		workloads.map(one => [one.kind, {name: one.base, namespace: one.namespace, labels: one.labels}] as const),
	);
	const end = (kind: string): PolicyEnd => ({kind: 'pods', ...byKind.get(kind)!});
	return {
		pods: [...byKind.values()],
		needs: dependencies
			.filter(({dangling}) => !dangling)
			.map(({from, to, protocol, port}) => ({from: end(from), to: end(to), protocol, port})),
	};
}

interface KubernetesObject {
	readonly kind?: string;
	readonly metadata?: {readonly name?: string; readonly namespace?: string};
	readonly spec?: {
		readonly type?: string;
		readonly selector?: Readonly<Record<string, string>>;
		readonly ports?: readonly {readonly port: number; readonly targetPort?: number}[];
		readonly to?: {readonly name?: string};
	};
}

const isOf = ({metadata, spec}: KubernetesObject, {namespace, labels}: PolicyPods): boolean =>
	(namespace ?? 'default') === (metadata?.namespace ?? 'default') &&
	Object.entries(spec?.selector ?? {}).every(([key, value]) => labels[key] === value);

/** As the analyzer has it: a load balancer or a port of the nodes lets everyone in, a route or an Ingress the pods of the cluster. */
function exposed(objects: readonly KubernetesObject[], pods: readonly PolicyPods[]): readonly PolicyNeed[] {
	const routed = new Set(
		objects
			.filter(one => one?.kind === 'Route' || one?.kind === 'Ingress')
			.flatMap(({spec}) => [...JSON.stringify(spec).matchAll(/"(?:service|to)":\{[^}]*"name":"([^"]+)"/g)])
			.map(([, name]) => name),
	);
	const isOpen = (service: KubernetesObject): boolean =>
		['LoadBalancer', 'NodePort'].includes(service.spec?.type ?? '');
	const open = (service: KubernetesObject): readonly PolicyEnd[] => [
		...(isOpen(service) ? [{kind: 'world' as const}] : []),
		...(routed.has(service.metadata?.name) ? [{kind: 'cluster' as const}] : []),
	];
	return objects
		.filter(one => one?.kind === 'Service')
		.flatMap(service =>
			pods
				.filter(one => isOf(service, one))
				.flatMap(one =>
					(service.spec?.ports ?? []).flatMap(({port, targetPort}) =>
						open(service).map(from => ({
							from,
							to: {kind: 'pods' as const, ...one},
							protocol: 'tcp' as const,
							port: targetPort ?? port,
						})),
					),
				),
		);
}

/** As `kubectl apply -f DIR` leaves them: of two with one name, the one of the later file. */
function applied(folder: string): Readonly<Record<string, string>> {
	const objects = new Map<string, {readonly name: string; readonly text: string}>();
	const files = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => /\.ya?ml$/.test(name));
	for (const name of files.sort())
		for (const one of readYaml(join(folder, name)) as readonly KubernetesObject[]) {
			if (one === null) continue;
			const key = `${one.kind} ${one.metadata?.namespace ?? 'default'}/${one.metadata?.name}`;
			objects.set(key, {name, text: stringify(one)});
		}
	return Object.fromEntries(
		[...Map.groupBy(objects.values(), ({name}) => name)].map(([name, all]) => [
			name,
			all.map(({text}) => text).join('---\n'),
		]),
	);
}

/** What that analyzer takes as a need and nothing in the standard says is one: told, and not learned from manifests. */
const itsOwn: Readonly<Record<string, readonly string[]>> = {
	sockshop: [
		// An argument that is the bare name of a Service is taken as a use of all its ports.
		'- sock-shop/orders[Deployment] => sock-shop/carts[Deployment] : TCP 80,9090',
	],
};

/** Pods that an annotation offers to a monitor, from everywhere in the cluster: `prometheus.io/scrape` is no part of the standard. */
const scraped: readonly (readonly [string, number])[] = [
	['carts', 9090],
	['rabbitmq', 9090],
	['user', 7070],
];

for (const name of ['bookinfo', 'k8s_guestbook', 'k8s_wordpress_example', 'qotd', 'sockshop'])
	withCorpora(`what ${name} needs gives policies with the verdicts of cluster-topology-analyzer’s${reason}`, t => {
		const folder = join(corpora, 'cta-synthesis', name);
		const input = applied(join(folder, 'input'));
		const imported = importManifests(
			Object.entries(input).map(([path, text]) => ({path, text})),
			{assumed: false},
		);
		if (imported.kind === 'wrong') return t.fail(JSON.stringify(imported.problems));
		const {pods, needs} = needsOf(imported.value.topology);
		const objects = Object.values(input)
			.flatMap(text => parseAllDocuments(text))
			.map(document => document.toJS() as KubernetesObject);
		const monitored = pods
			.flatMap(one => scraped.filter(([own]) => own === one.name).map(([, port]) => ({one, port})))
			.map(
				({one, port}): PolicyNeed => ({
					from: {kind: 'cluster'},
					to: {kind: 'pods', ...one},
					protocol: 'tcp',
					port,
				}),
			);
		const policies = kubernetesPolicies(pods, [...needs, ...exposed(objects, pods), ...monitored], {
			dns: true,
			isolate: 'both',
			isolateNamespaces: true,
		});
		const under = (text: string): readonly string[] => connlistOf({...input, 'zz-policies.yaml': text});
		const expected = under(readFileSync(join(folder, 'expected-policies.yaml'), 'utf8'));
		const found = under(policyDocuments(policies, []));
		t.true(found.length > 1);
		t.deepEqual(differingLines(expected, found), itsOwn[name] ?? []);
	});
