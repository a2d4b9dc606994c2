// Services of the cluster: names with ports, and the kinds whose pods stand behind them. A ClusterIP is its pods.
import type {Parsed, Problem} from '../model/problem.ts';
import {validateManifest} from './field-problems.ts';
import type {Manifest} from './manifests.ts';
import {type ServiceObject, serviceSchema} from './object-schema.ts';
import {type DeclaredPort, declaredPorts, type PodTemplate, transportOf} from './pods.ts';

export interface ClusterServicePort {
	/** '' where it has none. */
	readonly name: string;
	readonly port: number;
	readonly protocol: DeclaredPort['protocol'];
	/** What the pods listen on: a number, or the name of a container's port. */
	readonly target: number | string;
}

export interface ClusterService {
	readonly name: string;
	readonly namespace: string;
	/** Without its own address: names lead to the pods, ports are not translated. */
	readonly headless: boolean;
	/** Another name that it stands for; null for all but type ExternalName. */
	readonly externalName: string | null;
	/** Null selects nothing: its endpoints are written by hand. */
	readonly selector: Readonly<Record<string, string>> | null;
	/** Pods of these templates stand behind it whatever their labels; null where the selector says who does. */
	readonly endpoints: ReadonlySet<PodTemplate> | null;
	readonly ports: readonly ClusterServicePort[];
	readonly manifest: Manifest;
}

/** The Services among `manifests`, which are all of kind Service. */
export function readServices(manifests: readonly Manifest[]): Parsed<readonly ClusterService[]> {
	const problems: Problem[] = [];
	const services = manifests.flatMap(manifest => {
		const parsed = validateManifest(manifest, serviceSchema);
		if (parsed.kind === 'ok') return [toService(manifest, parsed.value)];
		problems.push(...parsed.problems);
		return [];
	});
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: services, warnings: []};
}

function toService(manifest: Manifest, {metadata, spec}: ServiceObject): ClusterService {
	const selector = spec?.selector ?? {};
	const external = spec?.type === 'ExternalName';
	return {
		name: metadata.name,
		namespace: metadata.namespace || 'default',
		headless: spec?.clusterIP === 'None',
		externalName: external ? (spec?.externalName ?? '') : null,
		selector: external || Object.keys(selector).length === 0 ? null : selector,
		endpoints: null,
		ports: (spec?.ports ?? []).map(({name, port, targetPort, protocol}) => ({
			name: name ?? '',
			port,
			protocol: transportOf(protocol),
			target: targetPort ?? port,
		})),
		manifest,
	};
}

/**
 * The names that lead to a Service, the shortest first: that holds in its namespace alone.
 *
 * Source: Kubernetes' DNS specification; `cluster.local` is the domain of a cluster where nobody says another.
 */
export const namesOf = (name: string, namespace: string): readonly string[] => [
	name,
	`${name}.${namespace}`,
	`${name}.${namespace}.svc`,
	`${name}.${namespace}.svc.cluster.local`,
];

/** True where pods of this template stand behind the Service; the namespace is the caller's to compare. */
export function selects({selector, endpoints}: ClusterService, template: PodTemplate): boolean {
	if (endpoints !== null) return endpoints.has(template);
	const {labels} = template;
	return (
		selector !== null &&
		Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
	);
}

/**
 * The pods' port behind a Service's port: its number, the port that a container names so, or undefined where none does.
 * A headless Service translates nothing.
 */
export function targetOf(
	service: ClusterService,
	{port, protocol, target}: ClusterServicePort,
	template: PodTemplate,
): number | undefined {
	if (service.headless) return port;
	if (typeof target === 'number') return target;
	return declaredPorts(template.spec).find(one => one.name === target && one.protocol === protocol)?.port;
}
