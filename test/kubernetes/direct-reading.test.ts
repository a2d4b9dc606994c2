import test from 'ava';
import {type Imported, importManifests} from '../../core/kubernetes/import.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {hasPort} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {type Chance, seeded} from '../builders/seeded.ts';
import {allowedByObjects, type Raw, type RawEnd} from './direct-reading.ts';
import {portsAsked, randomClusterPolicy, randomNamespaces, randomNetworkPolicy, randomPod} from './random-manifests.ts';

function randomObjects(chance: Chance): readonly Raw[] {
	const newer = chance.often(0.5);
	const priorities = chance.some([0, 7, 30, 1000], 0.4).toReversed();
	const baseline = newer ? chance.some([3, 9], 0.4) : chance.some([0], 0.5);
	const objects = [
		...randomNamespaces(chance),
		...Array.from({length: 2 + chance.below(5)}, (_, at) => randomPod(chance, at + 1)),
		...Array.from({length: chance.below(5)}, (_, at) => randomNetworkPolicy(chance, `np${at}`)),
		...priorities.map(priority => randomClusterPolicy(chance, {newer, tier: 'Admin', priority})),
		...baseline.map(priority => randomClusterPolicy(chance, {newer, tier: 'Baseline', priority})),
	];
	return chance.often(0.5) ? objects.toReversed() : objects;
}

/** One file, one for each object, a List, or a list of one kind without kinds. */
function filesOf(objects: readonly Raw[], chance: Chance): readonly {readonly path: string; readonly text: string}[] {
	const text = (value: Raw): string => JSON.stringify(value, null, chance.pick([0, 2]));
	if (chance.often(0.3)) return objects.map((one, at) => ({path: `${at}.json`, text: text(one)}));
	if (chance.often(0.5)) return [{path: 'a.yaml', text: objects.map(text).join('\n---\n')}];
	const pods = objects.filter(({kind}) => kind === 'Pod').map(({kind: _, apiVersion: __, ...rest}) => rest);
	return [
		{path: 'a.json', text: text({apiVersion: 'v1', kind: 'PodList', items: pods})},
		{path: 'b.json', text: text({apiVersion: 'v1', kind: 'List', items: objects.filter(({kind}) => kind !== 'Pod')})},
	];
}

const beyond = ['203.0.113.70', '203.0.113.1', '10.0.0.99', 'fd00::77', '2001:db8::1'];

interface NamedEnd extends RawEnd {
	readonly workload: string | null;
}

function endsOf(objects: readonly Raw[], {topology}: Imported): readonly NamedEnd[] {
	const labelsOf = (name: string): Raw =>
		objects.find(({kind, metadata}) => kind === 'Namespace' && metadata.name === name)?.metadata.labels;
	const pods = objects.filter(({kind}) => kind === 'Pod');
	return pods.flatMap(({metadata, spec}): readonly NamedEnd[] => {
		const namespace = metadata.namespace || 'default';
		const {name: workload, addresses} = topology.workloads.find(one => one.base === metadata.name)!;
		const pod = {
			namespace,
			namespaceLabels: {...labelsOf(namespace), 'kubernetes.io/metadata.name': namespace},
			labels: metadata.labels ?? {},
			hostNetwork: spec.hostNetwork === true,
			ports: spec.containers.flatMap(({ports}: Raw) => ports ?? []),
		};
		return addresses.map(({address}) => ({workload, address, pod}));
	});
}

test('importer, evaluator and reach say of random manifests what the standards say of the objects', t => {
	const seen = {cases: 0, allowed: 0, denied: 0};
	for (let seed = 1; seed <= 300; seed++) {
		const chance = seeded(seed);
		const objects = randomObjects(chance);
		const parsed = importManifests(filesOf(objects, chance), {assumed: false});
		if (parsed.kind === 'wrong') return t.fail(`seed ${seed}: ${parsed.problems.map(renderProblem).join('\n')}`);
		const {topology, stack} = parsed.value;
		const evaluator = createEvaluator(topology, stack);
		const reach = createReach(topology, stack, {beyond: 'none'});
		const pods = endsOf(objects, parsed.value);
		const ends = [...pods, ...beyond.map((address): NamedEnd => ({workload: null, address, pod: null}))];
		seen.cases++;
		for (const source of ends)
			for (const destination of ends) {
				const family = source.address.includes(':') ? 6 : 4;
				if (destination.address.includes(':') !== (family === 6)) continue;
				if (source.workload === destination.workload) continue;
				for (const protocol of ['TCP', 'UDP', 'SCTP'] as const) {
					const port = chance.pick(portsAsked);
					const expected = allowedByObjects(objects, {source, destination, protocol, port});
					const transport = protocol.toLowerCase() as 'tcp' | 'udp' | 'sctp';
					const flow = {source, destination, family, protocol: transport, port} as const;
					const answers = [evaluator.verdict(flow, 'host').action === 'allow'];
					if (source.workload !== null && destination.workload !== null)
						answers.push(
							hasPort(
								reach.open(reach.classOf(source.workload), reach.classOf(destination.workload), family),
								transport,
								port,
							),
						);
					seen[expected ? 'allowed' : 'denied'] += answers.length;
					if (answers.some(answer => answer !== expected))
						return t.fail(
							`seed ${seed}: ${source.address} to ${destination.address} ${protocol} ${port} is ${expected}, not ${answers}\n${JSON.stringify(objects)}`,
						);
				}
			}
	}

	t.true(seen.allowed > 5000 && seen.denied > 5000, JSON.stringify(seen));
});
