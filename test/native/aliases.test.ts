// Names that people know: what importers find, and what is left of it when it was written natively and read again.
import test, {type ExecutionContext} from 'ava';
import {parseTopology} from '../../core/files/topology.ts';
import {importManifests} from '../../core/kubernetes/import.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {nativeFiles} from '../../core/native/native-files.ts';
import {importText} from '../topologies/compose/written.ts';
import {labOf} from '../topologies/containerlab/written.ts';

/** `carts: shop-carts carts.shop`, for each kind that others know by another name than its own. */
const known = ({workloads}: Topology): readonly string[] => [
	...new Set(
		workloads.flatMap(({kind, aliases}) => {
			const others = (aliases ?? []).filter(alias => alias !== kind);
			return others.length === 0 ? [] : `${kind}: ${others.join(' ')}`;
		}),
	),
];

function isKept(t: ExecutionContext, topology: Topology): void {
	const files = nativeFiles({topology, stack: []}, {name: 'written', source: 'a test'});
	const {path: file, text} = files.find(({path}) => path.endsWith('.topology.yaml'))!;
	const again = parseTopology([{file, text}]);
	if (again.kind === 'wrong') throw new Error(again.problems.map(renderProblem).join('\n'));
	t.deepEqual(known(again.value), known(topology));
}

test('a Compose service is known by the names of its container, its host, its aliases and its links', t => {
	const {topology} = importText(`services:
  web: {image: nginx, links: ["db:database"], networks: [a]}
  db: {image: postgres, container_name: the.db, hostname: dbhost, networks: {a: {aliases: [store, "not a name"]}}}
  side: {image: busybox, network_mode: "service:db", container_name: sidecar}
  my.svc: {image: redis, networks: [a]}
networks: {a: }
`);
	t.deepEqual(known(topology), ['db: database dbhost side sidecar store the.db', 'my-svc: my.svc']);
	isKept(t, topology);
});

test('one name of two services means both', t => {
	const {topology} = importText(`services:
  one: {image: nginx, networks: {default: {aliases: [front]}}}
  two: {image: nginx, networks: {default: {aliases: [front]}}}
`);
	t.deepEqual(known(topology), ['one: front', 'two: front']);
	isKept(t, topology);
});

test('a node of containerlab is known by the name of its container, as the prefix has it', t => {
	const nodes = 'topology: {nodes: {a: {kind: linux, aliases: [alpha], ports: ["80:80"]}, b: {kind: linux}}}';
	const topology = labOf(`name: x\n${nodes}`);
	t.deepEqual(known(topology), ['a: alpha clab-x-a', 'b: clab-x-b']);
	isKept(t, topology);
	t.deepEqual(known(labOf(`name: x\nprefix: ""\n${nodes}`)), ['a: alpha']);
	t.deepEqual(known(labOf(`name: x\nprefix: __lab-name\n${nodes}`)), ['a: alpha x-a', 'b: x-b']);
});

const pod = (name: string, namespace: string, app: string) =>
	`apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${app}, env: prod}}\nspec: {containers: [{name: c, image: x, ports: [{containerPort: 80}]}]}\n`;
const service = (name: string, namespace: string, app: string) =>
	`apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {selector: {app: ${app}}, ports: [{port: 80}]}\n`;

test('pods are known by each Service that they stand behind, in and beyond their namespace', t => {
	const text = [
		pod('carts-0', 'shop', 'carts'),
		pod('lonely', 'shop', 'other'),
		service('carts', 'shop', 'carts'),
		service('basket', 'shop', 'carts'),
		service('carts', 'elsewhere', 'carts'),
	].join('---\n');
	const imported = importManifests([{path: 'all.yaml', text}], {assumed: false});
	if (imported.kind === 'wrong') return t.fail(imported.problems.map(renderProblem).join('\n'));
	const {topology} = imported.value;
	t.deepEqual(known(topology), [
		'carts-0: basket basket.shop basket.shop.svc basket.shop.svc.cluster.local carts carts.shop carts.shop.svc carts.shop.svc.cluster.local',
	]);
	t.regex(nativeFiles({topology, stack: []}, {name: 'w', source: 's'})[1]!.text, /carts\.shop\.svc\.cluster\.local/);
});
