// `needs: [api:http, api.prod:http, queue:5672]`, and `learned:` as well, as dependencies between kinds.
import type {Dependency, Service} from '../model/topology.ts';
import {didYouMean, nearest} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {parsePorts} from './ports.ts';
import {complain, type Draft} from './topology-declarations.ts';
import type {KindDraft} from './topology-kinds.ts';
import {portText} from './topology-services.ts';

/** Kinds by their name, and those of each base. */
export interface KindIndex {
	readonly byName: ReadonlyMap<string, KindDraft>;
	readonly byBase: ReadonlyMap<string, readonly KindDraft[]>;
}

export function indexKinds(kinds: readonly KindDraft[]): KindIndex {
	return {byName: new Map(kinds.map(kind => [kind.kind, kind])), byBase: Map.groupBy(kinds, ({base}) => base)};
}

type At = Parameters<typeof complain>[1];

/** One dependency for each entry of each kind's `needs` and `learned` that names something. */
export function resolveNeeds(draft: Draft, kinds: readonly KindDraft[], index: KindIndex): readonly Dependency[] {
	const entries = kinds.flatMap(kind => (['needs', 'learned'] as const).map(key => ({kind, key})));
	return entries.flatMap(({kind, key}) =>
		(kind.input[key] ?? []).flatMap((text, at) => {
			const place = {document: kind.document, path: [...kind.pathOf(key), at]};
			const colon = text.lastIndexOf(':');
			if (colon < 1 || colon === text.length - 1) {
				complain(
					draft,
					place,
					`${plainWord(text)} does not say of whom and what`,
					'a need is written api:http or queue:5672',
				);
				return [];
			}
			const target = findTarget(draft, {kind, index, at: place}, text.slice(0, colon));
			if (target === undefined) return [];
			const service = findService(draft, {target, at: place}, text.slice(colon + 1));
			if (service === undefined) return [];
			const {port, protocol, name} = service;
			const where = kind.document.place(place.path);
			const needed = {from: kind.kind, to: target.kind, protocol, port, service: name, where};
			const source = key === 'needs' ? ('declared' as const) : ('learned' as const);
			return [{...needed, dangling: false, vital: false, source}];
		}),
	);
}

function findTarget(
	draft: Draft,
	{kind, index, at}: {readonly kind: KindDraft; readonly index: KindIndex; readonly at: At},
	name: string,
): KindDraft | undefined {
	const {environment} = kind;
	const target =
		(environment === null ? undefined : index.byName.get(`${name}.${environment}`)) ?? index.byName.get(name);
	if (target === kind) {
		complain(draft, at, `${kind.base} needs itself`, 'what a workload sends to itself is always allowed: remove it');
		return undefined;
	}
	if (target !== undefined) return target;
	const [base = '', ...rest] = name.split('.');
	if (draft.lost.has(base)) return undefined;
	const known = index.byBase.get(base);
	if (known === undefined) {
		const words = rest.length === 0 ? index.byBase.keys() : index.byName.keys();
		complain(draft, at, `there is no workload ${plainWord(name)}`, replicaOf(name, index) ?? didYouMean(name, words));
		return undefined;
	}
	const where = known.map(one => one.environment ?? 'no environment').join(' and ');
	const wanted = rest.length > 0 ? plainWord(rest.join('.')) : (environment ?? 'no environment');
	const what = `${base} is in ${where}, not in ${wanted}`;
	const near = nearest(name, index.byName.keys());
	complain(
		draft,
		at,
		what,
		rest.length > 0 && near !== undefined ? `did you mean ${near}?` : `say which one: ${known[0]!.kind}`,
	);
	return undefined;
}

/** The mend for `web-1.prod`: dependencies are between kinds. */
function replicaOf(name: string, {byName, byBase}: KindIndex): string | undefined {
	const kind = name.replace(/-\d+(?=\.|$)/, '');
	return kind !== name && (byName.has(kind) || byBase.has(kind)) ? `a need is of all replicas: ${kind}` : undefined;
}

/** The service that a word after the colon, a name or a port, means at `target`. */
function findService(
	draft: Draft,
	{target, at}: {readonly target: KindDraft; readonly at: At},
	word: string,
): Service | undefined {
	const found = servicesFor(target.services, word);
	if (found.length > 0 || draft.lost.has(word)) return found[0];
	const has = target.services.map(service => `${service.name} (${portText(service)})`).join(', ');
	const near = nearest(
		word,
		target.services.map(({name}) => name),
	);
	complain(
		draft,
		at,
		`${target.kind} has no service ${plainWord(word)}`,
		near === undefined ? (has === '' ? 'it has none' : `it has ${has}`) : `did you mean ${near}?`,
	);
	return undefined;
}

/** Services that a name, `9100`, `53/udp` or a range means; of a range, those that lie in it. */
export function servicesFor(services: readonly Service[], word: string | number): readonly Service[] {
	const port = parsePorts(word);
	if (port.kind !== 'ports') return services.filter(({name}) => name === word);
	const {match} = port;
	if (match.kind === 'protocol') return services.filter(({protocol}) => protocol === match.protocol);
	return services.filter(
		service => service.protocol === match.protocol && service.port <= match.last && match.first <= service.lastPort,
	);
}
