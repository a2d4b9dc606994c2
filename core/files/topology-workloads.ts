// From kinds to workloads: one for each replica, with its own name and addresses.
import type {Address, Workload} from '../model/topology.ts';
import {complain, type Draft} from './topology-declarations.ts';
import {type KindDraft, kindName} from './topology-kinds.ts';
import type {Networks} from './topology-networks.ts';

/** Workloads sorted by name, without the secrets that they hold. Two of one name are a problem. */
export function workloadsOf(
	draft: Draft,
	parts: {
		readonly kinds: readonly KindDraft[];
		readonly networks: Networks;
		readonly addresses: ReadonlyMap<string, readonly (readonly Address[])[]>;
	},
): readonly Workload[] {
	const {kinds, networks, addresses} = parts;
	// One list for all: the lab's hosts file names everybody.
	const knows = kinds.map(({kind}) => kind).sort();
	const workloads = kinds.flatMap(kind => {
		const common = shared(kind, knows);
		return (addresses.get(kind.kind) ?? []).map((its, index) => ({
			...common,
			name: replicaName(kind, index + 1),
			addresses: its,
			segments: segmentsOf(networks, kind, its),
		}));
	});
	checkNames(draft, kinds);
	return workloads.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `web-2.prod`; the kind's own name where there is one replica. */
const replicaName = ({kind, base, environment, replicas}: KindDraft, number: number): string =>
	replicas === 1 ? kind : kindName(`${base}-${number}`, environment);

function shared(kind: KindDraft, knows: readonly string[]): Omit<Workload, 'name' | 'addresses' | 'segments'> {
	const {input} = kind;
	const namespace = input.namespace ?? null;
	return {
		kind: kind.kind,
		base: kind.base,
		environment: kind.environment,
		labels: kind.labels,
		namespace,
		// The label that Kubernetes gives to every namespace.
		namespaceLabels: namespace === null ? {} : {'kubernetes.io/metadata.name': namespace},
		services: kind.services,
		holds: [],
		jewel: kind.jewel,
		outside: input.outside === true,
		managed: input.outside !== true && input.managed !== false,
		assumed: false,
		knows,
		...aliases(input.aliases),
		run: input.run ?? null,
		...imageOf(kind),
		...(input.healthcheck !== undefined && {healthCheck: input.healthcheck}),
		command: input.command ?? null,
		variables: Object.fromEntries(Object.entries(input.environment ?? {}).map(([key, value]) => [key, String(value)])),
		...volumesOf(kind),
		where: kind.document.place(kind.path, 'key'),
	};
}

const aliases = (written: readonly string[] = []): Pick<Workload, 'aliases'> =>
	written.length === 0 ? {} : {aliases: [...new Set(written)].sort()};

function imageOf({input, document, pathOf}: KindDraft): Pick<Workload, 'image' | 'build'> {
	const {image = null} = input;
	if (image === null || typeof image === 'string') return {image};
	const {build: context, dockerfile = null, args = {}, target = null} = image;
	const texts = Object.fromEntries(Object.entries(args).map(([key, value]) => [key, String(value)]));
	const where = document.place([...pathOf('image'), 'build'], 'value');
	return {image: context, build: {context, dockerfile, args: texts, target, where}};
}

function volumesOf({input, document, pathOf}: KindDraft): Pick<Workload, 'volumes'> {
	if (input.volumes === undefined || input.volumes.length === 0) return {};
	const volumes = input.volumes.map((text, index) => {
		const [source, target] = text.split(':') as [string, string];
		const where = document.place([...pathOf('volumes'), index], 'value');
		return {source, target, where};
	});
	return {volumes};
}

/** Its own segments; an outside host whose fixed addresses lie beyond every network is in none but for its others. */
function segmentsOf(networks: Networks, {kind}: KindDraft, addresses: readonly Address[]): readonly string[] {
	const its = new Set(addresses.map(({segment}) => segment));
	return (networks.ofKind.get(kind) ?? []).map(({name}) => name).filter(name => its.has(name));
}

/** `web` with two replicas and a workload `web-1` cannot both be. */
function checkNames(draft: Draft, kinds: readonly KindDraft[]): void {
	const byName = new Map(kinds.map(kind => [kind.kind, kind]));
	for (const kind of kinds) {
		if (kind.replicas === 1) continue;
		for (let number = 1; number <= kind.replicas; number++) {
			const other = byName.get(replicaName(kind, number));
			if (other === undefined) continue;
			const {file, line} = kind.document.place(kind.path, 'key');
			complain(
				draft,
				{document: other.document, path: other.path, part: 'key'},
				`${other.kind} is also the name of a replica of ${kind.base} (${file}:${line})`,
				'rename one of them',
			);
		}
	}
}
