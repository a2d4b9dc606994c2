// From what containers name to the dependencies of their kinds: the Service's port, then the pods' port behind it.
import {plainWord} from '../files/plain-word.ts';
import type {Problem} from '../model/problem.ts';
import type {Dependency, Service} from '../model/topology.ts';
import {type Cluster, type ClusterKind, resolve} from './cluster.ts';
import {type ClusterService, type ClusterServicePort, selects, targetOf} from './cluster-services.ts';
import {type AbsentConfigMap, type ContainerTexts, containerTexts} from './container-texts.ts';
import {type Mention, mentionsOf} from './mentions.ts';

export interface Named {
	/** Of all kinds, not sorted; several may be for the same flow. */
	readonly dependencies: readonly Dependency[];
	/** Kind to the kinds that it names, and the kinds that name a Service at all. */
	readonly names: ReadonlyMap<string, ReadonlySet<string>>;
	readonly warnings: readonly Problem[];
}

/**
 * Everything that the kinds name.
 *
 * @param listeners - services of a kind, by its name
 */
export function namedDependencies(cluster: Cluster, listeners: (kind: string) => readonly Service[]): Named {
	const dependencies: Dependency[] = [];
	const warnings: Problem[] = [];
	const names = new Map<string, Set<string>>();
	for (const from of cluster.kinds) {
		const {texts, absent} = textsOf(cluster, from);
		warnings.push(...absent.map(one => absentWarning(from, one)));
		for (const mention of mentionsOf(texts)) {
			const {found, missing} = follow(cluster, from, mention);
			const far = found.filter(one => one.kind !== from || from.group.pods.length > 1);
			for (const {kind, port, protocol} of far) {
				const service = listeners(kind.name).find(one => one.port === port && one.protocol === protocol)?.name ?? null;
				dependencies.push({
					...imported(from, mention),
					to: kind.name,
					protocol,
					port,
					service,
					dangling: service === null,
				});
			}
			if (missing !== null) {
				const {to, port, protocol, why} = missing;
				dependencies.push({...imported(from, mention), to, protocol, port, service: null, dangling: true});
				if (why !== '') warnings.push({where: mention.where, what: `${from.name} names ${why}`, mend: ''});
			}
			if (found.length + (missing === null ? 0 : 1) === 0) continue;
			const known = names.get(from.name) ?? new Set();
			for (const {kind} of found) known.add(kind.name);
			names.set(from.name, known);
		}
	}
	return {dependencies, names, warnings};
}

function textsOf(cluster: Cluster, {templates, group}: ClusterKind): ContainerTexts {
	const all = templates.map(template => containerTexts(template, name => cluster.configMap(name, group.namespace)));
	return {texts: all.flatMap(one => one.texts), absent: all.flatMap(one => one.absent)};
}

const absentWarning = (from: ClusterKind, {name, where}: AbsentConfigMap): Problem => ({
	where,
	what: `${from.name} reads ConfigMap ${plainWord(name)}, which is not here: what it names is not known`,
	mend: '',
});

const imported = (from: ClusterKind, {where}: Mention) =>
	({from: from.name, vital: false, source: 'imported', where}) as const;

interface Followed {
	readonly found: readonly {kind: ClusterKind; port: number; protocol: Dependency['protocol']}[];
	/** The far end that is not there; `port` 0 where none was named. */
	readonly missing: {to: string; port: number; protocol: Dependency['protocol']; why: string} | null;
}

const nothing: Followed = {found: [], missing: null};

function follow(cluster: Cluster, from: ClusterKind, mention: Mention, depth = 0): Followed {
	const {host, port, as} = mention;
	const seen = resolve(cluster, host, from.group.namespace);
	const protocol = mention.protocol ?? 'tcp';
	if (seen.kind === 'beyond') return nothing;
	if (seen.kind === 'missing')
		return as === 'word' ? nothing : {found: [], missing: {to: seen.name, port: port ?? 0, protocol, why: ''}};
	const {service} = seen;
	if (service.externalName !== null)
		return depth > 5
			? nothing
			: follow(cluster, from, {...mention, host: service.externalName.toLowerCase()}, depth + 1);
	const wanted = portOf(service, mention);
	if (wanted === 'unclear') return nothing;
	const to = kindOrService(cluster, from, service);
	const absent = (why: string): Followed =>
		as === 'word' ? nothing : {found: [], missing: {to, port: port ?? 0, protocol, why}};
	if (wanted === undefined) return absent(`port ${port} of Service ${service.name}, which has none of that number`);
	const kinds = cluster.behind(service);
	if (kinds.length === 0)
		return {
			found: [],
			missing: {
				to,
				port: wanted.port,
				protocol: wanted.protocol,
				why: `Service ${service.name}, which has no pods here`,
			},
		};
	const found = kinds.flatMap(kind => {
		const template = kind.templates.find(one => selects(service, one))!;
		const target = targetOf(service, wanted, template);
		return target === undefined ? [] : [{kind, port: target, protocol: wanted.protocol}];
	});
	if (found.length > 0) return {found, missing: null};
	const why = `Service ${service.name}, whose targetPort ${wanted.target} no container has`;
	return {found: [], missing: {to, port: wanted.port, protocol: wanted.protocol, why}};
}

/** The Service's port that is meant; `unclear` where none is named and it has several; undefined where it has no such port. */
function portOf(service: ClusterService, {port, protocol}: Mention): ClusterServicePort | 'unclear' | undefined {
	if (port === null) return service.ports.length === 1 ? service.ports[0]! : 'unclear';
	const fits = service.ports.filter(one => one.port === port && (protocol === null || one.protocol === protocol));
	const best = fits.find(one => one.protocol === 'tcp') ?? fits[0];
	// Behind a headless Service every port of the pods is reached, whether or not the Service lists it.
	return best ?? (service.headless ? {name: '', port, protocol: protocol ?? 'tcp', target: port} : undefined);
}

/** The kind that the Service stands for where it is one, else its name as pods of `from` would say it. */
function kindOrService(cluster: Cluster, from: ClusterKind, service: ClusterService): string {
	const kinds = cluster.behind(service);
	if (kinds.length === 1) return kinds[0]!.name;
	const elsewhere = cluster.several || service.namespace !== from.group.namespace;
	return elsewhere ? `${service.name}.${service.namespace}` : service.name;
}

/** Kinds behind the Services of a namespace: what the environment of its pods tells them (`enableServiceLinks`). */
export function linkedKinds(cluster: Cluster, namespace: string): readonly string[] {
	const linked = cluster.servicesOf(namespace).filter(one => !one.headless && one.externalName === null);
	return [...new Set(linked.flatMap(service => cluster.behind(service)).map(kind => kind.name))];
}
