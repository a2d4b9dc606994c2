// Endpoints written by hand: which pods stand behind a Service that selects none.
import {z} from 'zod';
import type {Parsed, Problem} from '../model/problem.ts';
import {canonicalAddress} from './cidr.ts';
import type {ClusterService} from './cluster-services.ts';
import {validateManifest} from './field-problems.ts';
import type {Manifest} from './manifests.ts';
import {list, metadata, portNumber, protocols} from './object-schema.ts';
import type {PodGroup} from './pod-groups.ts';
import {type PodTemplate, transportOf} from './pods.ts';

interface Endpoint {
	readonly address: string;
	/** Name of the pod, where the endpoint says so. */
	readonly pod: string | null;
}

interface EndpointPort {
	readonly name: string;
	readonly port: number;
	readonly protocol: 'tcp' | 'udp' | 'sctp';
}

interface ServiceEndpoints {
	/** `namespace/name`. */
	readonly service: string;
	readonly endpoints: readonly Endpoint[];
	readonly ports: readonly EndpointPort[];
}

const target = z.object({kind: z.string().nullish(), name: z.string().nullish()}).nullish();
const ports = list(
	z.object({name: z.string().nullish(), port: portNumber.nullish(), protocol: z.enum(protocols).nullish()}),
);
const endpointsSchema = z.object({
	metadata,
	subsets: list(z.object({addresses: list(z.object({ip: z.string(), targetRef: target})), ports})),
});
const sliceSchema = z.object({
	metadata,
	endpoints: list(z.object({addresses: list(z.string()), targetRef: target})),
	ports,
});

/** The Endpoints and EndpointSlices among `manifests`, which are all of these kinds. */
export function readEndpoints(manifests: readonly Manifest[]): Parsed<readonly ServiceEndpoints[]> {
	const problems: Problem[] = [];
	const found = manifests.flatMap((manifest): readonly ServiceEndpoints[] => {
		const parsed = manifest.kind === 'Endpoints' ? readObject(manifest) : readSlice(manifest);
		if (parsed.kind === 'ok') return parsed.value;
		problems.push(...parsed.problems);
		return [];
	});
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: found, warnings: []};
}

function readObject(manifest: Manifest): Parsed<readonly ServiceEndpoints[]> {
	const parsed = validateManifest(manifest, endpointsSchema);
	if (parsed.kind === 'wrong') return parsed;
	const {metadata, subsets} = parsed.value;
	const service = `${metadata.namespace || 'default'}/${metadata.name}`;
	const value = (subsets ?? []).map(subset => ({
		service,
		endpoints: (subset.addresses ?? []).map(({ip, targetRef}) => ({address: ip, pod: podOf(targetRef)})),
		ports: portsOf(subset.ports),
	}));
	return {kind: 'ok', value, warnings: []};
}

function readSlice(manifest: Manifest): Parsed<readonly ServiceEndpoints[]> {
	const parsed = validateManifest(manifest, sliceSchema);
	if (parsed.kind === 'wrong') return parsed;
	const {metadata, endpoints, ports} = parsed.value;
	const name = metadata.labels?.['kubernetes.io/service-name'];
	if (name === undefined) return {kind: 'ok', value: [], warnings: []};
	const all = (endpoints ?? []).flatMap(({addresses, targetRef}) =>
		(addresses ?? []).map(address => ({address, pod: podOf(targetRef)})),
	);
	const service = `${metadata.namespace || 'default'}/${name}`;
	return {kind: 'ok', value: [{service, endpoints: all, ports: portsOf(ports)}], warnings: []};
}

const podOf = (reference: z.output<typeof target>): string | null =>
	reference?.kind === 'Pod' ? (reference.name ?? null) : null;

const portsOf = (all: z.output<typeof ports>): readonly EndpointPort[] =>
	(all ?? []).flatMap(({name, port, protocol}) =>
		port == null ? [] : [{name: name ?? '', port, protocol: transportOf(protocol)}],
	);

/** The Services, those that select nothing with the pods and ports that their endpoints name. */
export function withEndpoints(
	services: readonly ClusterService[],
	found: readonly ServiceEndpoints[],
	groups: readonly PodGroup[],
): readonly ClusterService[] {
	const byService = Map.groupBy(found, ({service}) => service);
	return services.map(service => {
		const own = byService.get(`${service.namespace}/${service.name}`);
		if (own === undefined || service.selector !== null || service.externalName !== null) return service;
		const endpoints = new Set(own.flatMap(one => templatesAt(one.endpoints, service.namespace, groups)));
		const targets = own.flatMap(one => one.ports);
		const ports = service.ports.map(port => {
			const target = targets.find(one => one.name === port.name && one.protocol === port.protocol)?.port;
			return target === undefined ? port : {...port, target};
		});
		return {...service, endpoints, ports};
	});
}

/** Of the pods at these addresses; pods may share their node's, so a name counts before an address. */
function templatesAt(
	endpoints: readonly Endpoint[],
	namespace: string,
	groups: readonly PodGroup[],
): readonly PodTemplate[] {
	const names = new Set(endpoints.flatMap(({pod}) => pod ?? []));
	const addresses = new Set(
		endpoints.filter(({pod}) => pod === null).flatMap(({address}) => canonicalAddress(address)?.address ?? []),
	);
	return groups.flatMap(group =>
		group.pods
			.filter(
				pod =>
					(pod.name !== null && group.namespace === namespace && names.has(pod.name)) ||
					pod.addresses.some(one => addresses.has(canonicalAddress(one)?.address ?? '')),
			)
			.map(({template}) => template),
	);
}
