// A cluster of two namespaces with three pods, and what its policies say of flows between them.
import type {Protocol} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {clusterPolicyText, imported} from './manifest-texts.ts';

const container = '{name: c, ports: [{name: http, containerPort: 80}, {name: dns, containerPort: 53, protocol: UDP}]}';
export const namespaces = ['shop', 'ops'].map(
	name => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {team: ${name}}}`,
);
export const pod = (name: string, namespace: string, address: string, spec = ''): string =>
	`apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}\nspec: {${spec}containers: [${container}]}\nstatus: {podIP: ${address}}`;
export const pods = [pod('web', 'shop', '10.0.0.1'), pod('db', 'shop', '10.0.0.2'), pod('job', 'ops', '10.0.0.3')];

/** A flow by the names of its ends. */
export interface Asked {
	/** `web>db`; an address is nobody's. */
	readonly ends: string;
	readonly port: string;
}

const addresses: Readonly<Record<string, string>> = {
	web: '10.0.0.1',
	db: '10.0.0.2',
	job: '10.0.0.3',
	node: '10.9.0.1',
};
const workloads: Readonly<Record<string, string>> = {web: 'web.shop', db: 'db.shop', job: 'job.ops', node: 'node.ops'};

/** `allow by RULE` or `deny by RULE`. */
export function verdict(texts: readonly string[], {ends, port}: Asked, among = pods): string {
	const {topology, stack} = imported([...namespaces, ...among, ...texts], {assumed: false});
	const [source, destination] = ends
		.split('>')
		.map(name => ({workload: workloads[name] ?? null, address: addresses[name] ?? name}));
	const [number, protocol] = port.split('/') as [string, Protocol];
	const flow = {source: source!, destination: destination!, family: 4 as const, protocol, port: Number(number)};
	const {action, rule} = createEvaluator(topology, stack).verdict(flow, 'host');
	return `${action} by ${rule.name}`;
}

export const admin = (priority: number, spec: string, name = `p${priority}`): string =>
	clusterPolicyText('AdminNetworkPolicy', name, `{priority: ${priority}, ${spec}}`);
export const toAll = '{namespaces: {}}';
export const shop = 'subject: {namespaces: {matchLabels: {team: shop}}}';
export const web80: Asked = {ends: 'web>db', port: '80/tcp'};
