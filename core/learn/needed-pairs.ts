// Dependencies as pairs of ends, port by port: what rules have to allow.
import {protocolWords} from '../files/ports.ts';
import {portText, serves} from '../measure/kinds.ts';
import type {Dependency, Service} from '../model/topology.ts';
import type {LearnEnd} from './learn-ends.ts';

/** Destinations by source, as numbers of ends. */
export type Pairs = Map<number, Set<number>>;

export interface NeededPort {
	/** What stands under `on`: a service's name where the far ends have it, else `5432/tcp`. */
	readonly word: string;
	/** Whether the word is a name, which means the services of that name and nothing else. */
	readonly named: boolean;
	readonly pairs: Pairs;
}

export interface NeededPairs {
	readonly ports: readonly NeededPort[];
	/** Dependencies that no rule can be made of: an end is not in the topology, or both are outside. */
	readonly left: readonly Dependency[];
	/** Services that are ranges, of which a port was needed: they are allowed whole. */
	readonly ranges: readonly {readonly kind: string; readonly service: Service}[];
}

export function neededPairs(ends: readonly LearnEnd[], needs: readonly Dependency[]): NeededPairs {
	const byKind = new Map(ends.map(end => [end.kind, end]));
	const ports = new Map<string, NeededPort>();
	const left: Dependency[] = [];
	const ranges = new Map<string, {readonly kind: string; readonly service: Service}>();
	for (const need of needs) {
		const [from, to] = [byKind.get(need.from), byKind.get(need.to)];
		if (from === undefined || to === undefined || (from.outside && to.outside)) {
			left.push(need);
			continue;
		}
		if (from === to && !from.replicated) continue;
		const service = to.services.find(one => serves(one, need.protocol, need.port));
		const named = service !== undefined && isWord(service.name);
		const word = named ? service.name : `${need.port}/${need.protocol}`;
		if (named && service.lastPort !== service.port) ranges.set(`${to.kind} ${word}`, {kind: to.kind, service});
		const port = ports.get(word) ?? {word, named, pairs: new Map()};
		ports.set(word, port);
		addPair(port.pairs, from.at, to.at);
	}
	return {
		ports: [...ports.values()].sort((a, b) => (a.word < b.word ? -1 : 1)),
		left,
		ranges: [...ranges.values()],
	};
}

/** Whether a service's name can stand under `on`; those of other tools may not. */
const isWord = (name: string): boolean =>
	/^[\p{L}_][\p{L}\p{N}_-]{0,62}$/u.test(name) && !protocolWords.some(word => word === name);

export const addPair = (pairs: Pairs, from: number, to: number): void =>
	void (pairs.get(from) ?? pairs.set(from, new Set()).get(from)!).add(to);

export const hasPair = (pairs: Pairs, from: number, to: number): boolean => pairs.get(from)?.has(to) === true;

/** Whether a rule on the port can mean this far end at all. */
export const answers = ({named, word}: NeededPort, {services}: LearnEnd): boolean =>
	!named || services.some(({name}) => name === word);

/** `postgres (5432/tcp)`, or the word itself where it is a port. */
export function portWords({named, word}: NeededPort, end: LearnEnd): string {
	const service = named ? end.services.find(({name}) => name === word) : undefined;
	return service === undefined ? word : `${word} (${portText(service)})`;
}
