// One Pod, or one controller with its template, as what it runs. Which of them belong together says `pod-groups.ts`.
import type {Parsed, Problem} from '../model/problem.ts';
import {fieldProblem, titleOf, validateManifest} from './field-problems.ts';
import type {Manifest, Path} from './manifests.ts';
import {controllerSchema, cronJobSchema, type PodSpec, podSchema} from './pod-schema.ts';

/** What pods of one template have in common. */
export interface PodTemplate {
	readonly labels: Readonly<Record<string, string>>;
	readonly spec: PodSpec;
	readonly manifest: Manifest;
	/** Of the pod spec in the manifest: `spec.template.spec`. */
	readonly path: Path;
}

export interface DeclaredPort {
	readonly name: string | null;
	readonly port: number;
	readonly protocol: 'tcp' | 'udp' | 'sctp';
}

/** An object that is a pod or makes some. */
export interface PodSource {
	readonly manifest: Manifest;
	/** `<namespace>/<kind>/<name>`. */
	readonly key: string;
	readonly objectKind: string;
	readonly name: string;
	readonly namespace: string;
	/** What owns it, in the manifests or not. */
	readonly owner: {readonly key: string; readonly objectKind: string; readonly name: string} | null;
	readonly template: PodTemplate;
	/** How many pods: 1 for a Pod. */
	readonly count: number;
	/** `status.podIPs`: where the cluster put it; only of Pods. */
	readonly addresses: readonly string[];
}

/** The pod that `manifest` is; null, with a warning, for one that has ended and so has no network any more. */
export function readPod(manifest: Manifest): Parsed<PodSource | null> {
	const parsed = validateManifest(manifest, podSchema);
	if (parsed.kind === 'wrong') return parsed;
	const {metadata, spec, status} = parsed.value;
	if (status?.phase === 'Succeeded' || status?.phase === 'Failed') {
		const ended: Problem = {where: manifest.where, what: `${titleOf(manifest)} has ended and is left out`, mend: ''};
		return {kind: 'ok', value: null, warnings: [ended]};
	}
	const given = [status?.podIP, ...(status?.podIPs ?? []).map(one => one.ip)];
	const addresses = [...new Set(given.filter(one => typeof one === 'string' && one !== ''))] as string[];
	const template = {labels: metadata.labels ?? {}, spec, manifest, path: ['spec']};
	return identify(manifest, metadata, {template, count: 1, addresses});
}

/** The pods that a controller makes. A DaemonSet runs one, for nodes are not modelled. */
export function readController(manifest: Manifest): Parsed<PodSource> {
	const cron = manifest.kind === 'CronJob';
	const parsed = cron ? validateManifest(manifest, cronJobSchema) : validateManifest(manifest, controllerSchema);
	if (parsed.kind === 'wrong') return parsed;
	const {metadata} = parsed.value;
	const spec = 'jobTemplate' in parsed.value.spec ? parsed.value.spec.jobTemplate.spec : parsed.value.spec;
	const path = cron ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec'];
	const template: PodTemplate = {
		labels: spec.template.metadata?.labels ?? {},
		spec: spec.template.spec,
		manifest,
		path,
	};
	const declared = cron || manifest.kind === 'Job' ? spec.parallelism : spec.replicas;
	const count = manifest.kind === 'DaemonSet' ? 1 : (declared ?? 1);
	return identify(manifest, metadata, {template, count, addresses: []});
}

interface Metadata {
	readonly name?: string | null | undefined;
	readonly generateName?: string | null | undefined;
	readonly namespace?: string | null | undefined;
	readonly ownerReferences?: readonly Owner[] | null | undefined;
}

interface Owner {
	readonly kind?: string | null | undefined;
	readonly name?: string | null | undefined;
	readonly controller?: boolean | null | undefined;
}

function identify(
	manifest: Manifest,
	metadata: Metadata,
	rest: Pick<PodSource, 'template' | 'count' | 'addresses'>,
): Parsed<PodSource> {
	const name = metadata.name ?? metadata.generateName?.replace(/-+$/, '');
	if (name == null || name === '')
		return {kind: 'wrong', problems: [fieldProblem(manifest, ['metadata', 'name'], 'is missing', 'add it')]};
	const namespace = metadata.namespace || 'default';
	const owner = ownerOf(metadata.ownerReferences ?? []);
	const keyOf = (kind: string, of: string): string => `${namespace}/${kind}/${of}`;
	return {
		kind: 'ok',
		warnings: [],
		value: {
			...rest,
			manifest,
			objectKind: manifest.kind,
			name,
			namespace,
			key: keyOf(manifest.kind, name),
			owner: owner === null ? null : {...owner, key: keyOf(owner.objectKind, owner.name)},
		},
	};
}

function ownerOf(references: readonly Owner[]): {readonly objectKind: string; readonly name: string} | null {
	const owner = references.find(one => one.controller === true) ?? references[0];
	// A static pod is its node's by name alone: those of one node are not replicas of each other.
	if (owner?.name == null || owner.kind === 'Node') return null;
	return {objectKind: owner.kind ?? 'Owner', name: owner.name};
}

/** What the containers of a pod say they listen on. Sidecars are init containers that are restarted. */
export function declaredPorts({containers, initContainers}: PodSpec): readonly DeclaredPort[] {
	const running = [...(containers ?? []), ...(initContainers ?? []).filter(one => one.restartPolicy === 'Always')];
	return running
		.flatMap(container => container.ports ?? [])
		.flatMap(({name, containerPort, protocol}) =>
			containerPort == null ? [] : [{name: name || null, port: containerPort, protocol: transportOf(protocol)}],
		);
}

/** TCP where nothing is said. */
export const transportOf = (protocol: 'TCP' | 'UDP' | 'SCTP' | null | undefined): DeclaredPort['protocol'] =>
	(protocol ?? 'TCP').toLowerCase() as DeclaredPort['protocol'];
