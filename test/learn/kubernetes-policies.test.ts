// Needs as NetworkPolicies, against what other people's tools give for the same flows and manifests.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {parseAllDocuments} from 'yaml';
import {parseGadgetEvents} from '../../core/learn/gadget-flows.ts';
import {
	kubernetesPolicies,
	type PolicyEnd,
	type PolicyNeed,
	type PolicyPods,
} from '../../core/learn/kubernetes-policies.ts';
import type {Topology} from '../../core/model/topology.ts';
import {loadManifests} from '../../topologies/kubernetes/load.ts';
import {corpora, corporaMissing} from '../kubernetes/corpus.ts';

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
		const policies = kubernetesPolicies(pods, needs, {dns: false, isolateNamespaces: false});
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

const readObjects = (folder: string): readonly KubernetesObject[] =>
	readdirSync(folder)
		.filter(name => name.endsWith('.yaml'))
		.flatMap(name => readYaml(join(folder, name)) as readonly KubernetesObject[]);

const isOf = ({metadata, spec}: KubernetesObject, {namespace, labels}: PolicyPods): boolean =>
	(namespace ?? 'default') === (metadata?.namespace ?? 'default') &&
	Object.entries(spec?.selector ?? {}).every(([key, value]) => labels[key] === value);

/** As the analyzer has it: a load balancer lets everyone in, a route the pods of the cluster. */
function exposed(objects: readonly KubernetesObject[], pods: readonly PolicyPods[]): readonly PolicyNeed[] {
	const routed = new Set(objects.filter(one => one?.kind === 'Route').map(one => one.spec?.to?.name));
	return objects
		.filter(one => one?.kind === 'Service')
		.filter(one => one.spec?.type === 'LoadBalancer' || routed.has(one.metadata?.name))
		.flatMap(service =>
			pods
				.filter(one => isOf(service, one))
				.flatMap(one =>
					(service.spec?.ports ?? []).map(({port, targetPort}) => ({
						from: {kind: service.spec?.type === 'LoadBalancer' ? ('world' as const) : ('cluster' as const)},
						to: {kind: 'pods' as const, ...one},
						protocol: 'tcp' as const,
						port: targetPort ?? port,
					})),
				),
		);
}

for (const name of ['k8s_guestbook', 'k8s_wordpress_example', 'qotd'])
	withCorpora(`what ${name} needs gives the policies that cluster-topology-analyzer gives${reason}`, async t => {
		const folder = join(corpora, 'cta-synthesis', name);
		const imported = await loadManifests(join(folder, 'input'), {assumed: false});
		if (imported.kind === 'wrong') return t.fail(JSON.stringify(imported.problems));
		const {pods: all, needs} = needsOf(imported.value.topology);
		const objects = readObjects(join(folder, 'input'));
		// What is behind no Service and uses none is left out there.
		const pods = all.filter(
			one =>
				objects.some(object => object?.kind === 'Service' && isOf(object, one)) ||
				needs.some(({from}) => from.kind === 'pods' && from.name === one.name),
		);
		const policies = kubernetesPolicies(pods, [...needs, ...exposed(objects, pods)], {
			dns: true,
			isolateNamespaces: true,
		});
		t.deepEqual(specs(policies), specs(readYaml(join(folder, 'expected-policies.yaml'))));
	});
