// Which pods are replicas of one kind: those of one owner.
import type {Parsed, Place, Problem} from '../model/problem.ts';
import {fieldProblem, titleOf} from './field-problems.ts';
import type {Manifest} from './manifests.ts';
import {type PodSource, type PodTemplate, readController, readPod} from './pods.ts';

export interface Pod {
	/** Null where a controller makes it and nothing has named it yet. */
	readonly name: string | null;
	readonly template: PodTemplate;
	readonly addresses: readonly string[];
}

/** What becomes one kind of workload. */
export interface PodGroup {
	/** `Deployment`, `Pod`, or the kind of an owner that is not in the manifests. */
	readonly objectKind: string;
	readonly name: string;
	readonly namespace: string;
	/** Never empty. */
	readonly pods: readonly Pod[];
	readonly where: Place;
}

/** The most pods that manifests may have; 198.18.0.0/15 has room for them. */
export const mostPods = 100_000;

/**
 * Groups in the order of the manifests (Pods and controllers only). Pods belong to the controller that owns them, also
 * where it is not in the manifests; a controller whose real pods are there makes no others.
 */
export function groupPods(manifests: readonly Manifest[]): Parsed<readonly PodGroup[]> {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const sources: PodSource[] = [];
	for (const manifest of manifests) {
		const parsed = manifest.kind === 'Pod' ? readPod(manifest) : readController(manifest);
		if (parsed.kind === 'wrong') problems.push(...parsed.problems);
		else {
			warnings.push(...parsed.warnings);
			if (parsed.value !== null) sources.push(parsed.value);
		}
	}
	let total = 0;
	for (const {count, manifest} of sources)
		if ((total += count) > mostPods) {
			const what = `with ${titleOf(manifest)} the manifests have over ${mostPods} pods`;
			problems.push({where: manifest.where, what, mend: 'declare fewer replicas'});
			break;
		}
	if (problems.length > 0) return {kind: 'wrong', problems};
	const groups = gather(sources);
	return {
		kind: 'ok',
		value: groups.filter(group => group.pods.length > 0),
		warnings: [...warnings, ...remarks(groups)],
	};
}

function gather(sources: readonly PodSource[]): readonly PodGroup[] {
	const controllers = new Map(sources.filter(one => one.objectKind !== 'Pod').map(one => [one.key, one]));
	const real = new Set(sources.filter(one => one.objectKind === 'Pod').map(one => topOf(one, controllers).key));
	const groups = new Map<string, PodGroup & {pods: Pod[]}>();
	for (const source of sources) {
		const {key, objectKind, name} = topOf(source, controllers);
		const {namespace, manifest} = source;
		const group = groups.get(key) ?? {objectKind, name, namespace, pods: [], where: manifest.where};
		groups.set(key, group);
		const pod = {
			name: source.objectKind === 'Pod' ? source.name : null,
			template: source.template,
			addresses: source.addresses,
		};
		const stands = source.objectKind === 'Pod' || (key === source.key && !real.has(key));
		if (stands) for (let made = 0; made < source.count; made++) group.pods.push(pod);
	}
	return [...groups.values()];
}

/** The owner's owner, as far as the manifests know; owners that own each other end at the first. */
function topOf(
	source: PodSource,
	controllers: ReadonlyMap<string, PodSource>,
): {readonly key: string; readonly objectKind: string; readonly name: string} {
	const seen = new Set<string>();
	let here = source;
	while (here.owner !== null && !seen.has(here.key)) {
		seen.add(here.key);
		const above = controllers.get(here.owner.key);
		if (above === undefined) return here.owner;
		here = above;
	}
	return here;
}

function remarks(groups: readonly PodGroup[]): readonly Problem[] {
	return groups.flatMap(({pods, objectKind, name, where}): readonly Problem[] => {
		if (pods.length === 0) return [{where, what: `${objectKind} ${name} is scaled to 0 and left out`, mend: ''}];
		return templateRemarks(pods[0]!.template);
	});
}

function templateRemarks({spec, manifest, path}: PodTemplate): readonly Problem[] {
	const open = 'the standard leaves open which policies hold for such pods';
	const onNode = (): Problem =>
		fieldProblem(manifest, [...path, 'hostNetwork'], 'to NetworkPolicies this is a pod like any other here', open);
	const portless = (spec.containers ?? []).flatMap((container, at) =>
		(container.ports ?? []).flatMap(({containerPort}, port) =>
			containerPort == null
				? [
						fieldProblem(
							manifest,
							[...path, 'containers', at, 'ports', port],
							'has no containerPort, and is left out',
							'',
						),
					]
				: [],
		),
	);
	return [...(spec.hostNetwork === true ? [onNode()] : []), ...portless];
}
