// Services of the cluster: names with ports, and the kinds whose pods stand behind them. A ClusterIP is its pods.
import type {Parsed, Problem} from '../model/problem.ts';
import {validateManifest} from './field-problems.ts';
import type {Manifest} from './manifests.ts';
import {type ServiceObject, serviceSchema} from './object-schema.ts';
import {type DeclaredPort, declaredPorts, type PodTemplate, transportOf} from './pods.ts';

export interface ClusterServicePort {
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
		ports: (spec?.ports ?? []).map(({port, targetPort, protocol}) => ({
			port,
			protocol: transportOf(protocol),
			target: targetPort ?? port,
		})),
		manifest,
	};
}

/** True where the Service's selector selects pods of this template; the namespace is the caller's to compare. */
export const selects = ({selector}: ClusterService, {labels}: PodTemplate): boolean =>
	selector !== null &&
	Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);

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
