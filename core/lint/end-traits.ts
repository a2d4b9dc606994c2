// What of an end decides which peers a rule means for it, as short words: thousands of ends are asked about thousands of rules.
import type {Direction, Match, PortMatch} from '../model/policy.ts';
import type {Service, Workload} from '../model/topology.ts';
import {relationValues} from '../policy/relation.ts';
import type {LintEnd} from './ends.ts';
import {namesServices, portsOf} from './ports-of.ts';

export interface EndTraits {
	/** Two ends with one answer are the same to the rule in this direction. */
	of(match: Match, direction: Direction, end: LintEnd): string;
	/** Two destinations with one answer have the same ports by `on`. */
	ports(on: readonly PortMatch[], destination: LintEnd['workload']): number;
	/** Two workloads with one answer are related to the same others by any rule with these relations. */
	relation(match: Match, workload: Workload): string;
}

export function endTraits(): EndTraits {
	const numbers = new Map<Match, number>();
	const numbered = interning<Match>(numbers);
	const keys = new Map<Match, string>();
	const values = interning<string>(new Map());
	const byKeys = new Map<string, Map<Workload, number>>();
	const ports = interning<string>(new Map());
	const byServices = new Map<readonly PortMatch[], Map<readonly Service[], number>>();

	const keysOf = (match: Match): string => {
		const known = keys.get(match) ?? JSON.stringify([match.same, match.differ]);
		keys.set(match, known);
		return known;
	};
	const valuesOf = (match: Match, workload: Workload): number => {
		const own = inner(byKeys, keysOf(match));
		const known = own.get(workload);
		if (known !== undefined) return known;
		const all = [...match.same, ...match.differ].map(key => relationValues(key, workload));
		const number = values(JSON.stringify(all));
		own.set(workload, number);
		return number;
	};
	const portsAt: EndTraits['ports'] = (on, workload) => {
		const own = inner(byServices, on);
		const services = workload?.services ?? none;
		const known = own.get(services) ?? ports(portsOf(on, workload).join());
		own.set(services, known);
		return known;
	};
	return {
		ports: portsAt,
		relation: (match, workload) => `${keysOf(match)} ${valuesOf(match, workload)}`,
		of(match, direction, {workload}) {
			const {same, differ, on} = match;
			const relates = same.length > 0 || differ.length > 0;
			const listens = direction === 'ingress' && on !== null && namesServices(on);
			const number = numbered(match);
			if (!relates && !listens) return `${number}`;
			if (workload === null) return `${number}-`;
			return `${number} ${relates ? valuesOf(match, workload) : ''}/${listens ? portsAt(on, workload) : ''}`;
		},
	};
}

const none: readonly Service[] = [];

/** A number for each that is asked for, the same for the same. */
const interning =
	<Key>(numbers: Map<Key, number>): ((key: Key) => number) =>
	key => {
		const number = numbers.get(key) ?? numbers.size;
		numbers.set(key, number);
		return number;
	};

function inner<Outer, Key>(maps: Map<Outer, Map<Key, number>>, key: Outer): Map<Key, number> {
	const known = maps.get(key) ?? new Map<Key, number>();
	maps.set(key, known);
	return known;
}
