// Each object to those who read it: what is refused or there twice becomes a problem, what is skipped one warning a kind.
import type {Problem} from '../model/problem.ts';
import {titleOf} from './field-problems.ts';
import {type Handling, handlingOf, isNamespaced} from './kinds.ts';
import type {Manifest} from './manifests.ts';
import {isNamespaceName, isObjectName} from './object-schema.ts';

export interface SortedManifests {
	/** In the order of the files. */
	of(...kinds: readonly Handling['kind'][]): readonly Manifest[];
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

export function sortManifests(manifests: readonly Manifest[]): SortedManifests {
	const all = manifests.map(manifest => ({manifest, handling: handlingOf(manifest.apiVersion, manifest.kind)}));
	const of = (...kinds: readonly Handling['kind'][]): readonly Manifest[] =>
		all.filter(({handling}) => kinds.includes(handling.kind)).map(({manifest}) => manifest);
	const refused = all.flatMap(({manifest, handling}) => refusal(manifest, handling));
	const read = all.flatMap(({manifest, handling: {kind}}) =>
		kind === 'refused' || kind === 'miswritten' || kind === 'skipped' ? [] : [manifest],
	);
	const odd = read.flatMap(oddName);
	// Dumps and generators write such names beside their pods; policies alone are what somebody is about to apply.
	const toApply = of('policy').length > 0 && of('pod', 'controller').length === 0;
	const skipped = Map.groupBy(of('skipped'), manifest => manifest.kind);
	return {
		of,
		problems: [...refused, ...twice(read), ...(toApply ? odd : [])],
		warnings: [...[...skipped].map(([kind, objects]) => skippedWarning(kind, objects)), ...(toApply ? [] : odd)],
	};
}

function refusal(manifest: Manifest, handling: Handling): readonly Problem[] {
	if (handling.kind !== 'refused' && handling.kind !== 'miswritten') return [];
	const why = handling.kind === 'refused' ? 'decides about traffic and is not read' : 'is not read';
	const what = `${titleOf(manifest)} (${manifest.apiVersion}) ${why}`;
	return [{where: manifest.where, what, mend: handling.mend}];
}

/** In a cluster the last of them would win; which one is last, a folder does not say. */
function twice(manifests: readonly Manifest[]): readonly Problem[] {
	const first = new Map<string, Manifest>();
	return manifests.flatMap((manifest): readonly Problem[] => {
		const key = identityOf(manifest);
		const before = key === undefined ? undefined : first.get(key);
		if (key !== undefined && before === undefined) first.set(key, manifest);
		if (before === undefined) return [];
		const what = `${titleOf(manifest)} is there twice, also at ${before.where.file}:${before.where.line}`;
		return [{where: manifest.where, what, mend: 'keep one; an overlay is read after kustomize build'}];
	});
}

function identityOf({apiVersion, kind, value}: Manifest): string | undefined {
	const metadata = value.metadata as {readonly name?: unknown; readonly namespace?: unknown} | null | undefined;
	if (typeof metadata?.name !== 'string') return undefined;
	const namespace = isNamespaced(kind) === false ? '' : metadata.namespace || 'default';
	return JSON.stringify([apiVersion.split('/').slice(0, -1), kind, namespace, metadata.name]);
}

/** Names that a cluster would not take; nothing else about the object is in doubt. */
function oddName(manifest: Manifest): readonly Problem[] {
	const {name, namespace} = (manifest.value.metadata ?? {}) as {readonly name?: unknown; readonly namespace?: unknown};
	const odd = (field: string, word: string, mend: string): Problem => {
		const what = `${titleOf(manifest)}: a cluster would refuse this ${word}`;
		return {where: manifest.place(['metadata', field]), what, mend};
	};
	const isOdd = typeof name === 'string' && !isObjectName(name);
	const isAstray = typeof namespace === 'string' && namespace !== '' && !isNamespaceName(namespace);
	return [
		...(isOdd ? [odd('name', 'name', 'lower-case letters, digits, - and . only')] : []),
		...(isAstray && isNamespaced(manifest.kind) === true
			? [odd('namespace', 'namespace', 'at most 63 lower-case letters, digits and -')]
			: []),
	];
}

function skippedWarning(kind: string, objects: readonly Manifest[]): Problem {
	const titles = objects.slice(0, 3).map(one => titleOf(one).slice(kind.length + 1));
	const more = objects.length > 3 ? ` and ${objects.length - 3} more` : '';
	const why = objects.some(runsPods)
		? 'skipped, and the pods that it runs are missing here'
		: 'skipped, no verdict depends on it here';
	const mend = objects.some(runsPods) ? 'write them as a Deployment to have them' : '';
	return {where: objects[0]!.where, what: `${kind} ${titles.join(', ')}${more}: ${why}`, mend};
}

/** Whether the object looks like a controller: it has a template of a pod, as an Argo Rollout has. */
function runsPods({value}: Manifest): boolean {
	const into = (from: unknown, key: string): unknown =>
		typeof from === 'object' && from !== null && Object.hasOwn(from, key) ? Reflect.get(from, key) : undefined;
	return Array.isArray(into(into(into(into(value, 'spec'), 'template'), 'spec'), 'containers'));
}
