// Pairs as few blocks, each of which is one rule: some sources, some destinations, all pairs of them or all of them
// within one environment, on some ports.
import type {LearnEnd} from './learn-ends.ts';
import {addPair, answers, type NeededPort, type Pairs} from './needed-pairs.ts';

export interface Block {
	/** Numbers of ends, ascending. */
	readonly from: readonly number[];
	readonly to: readonly number[];
	/** Only pairs within one environment. */
	readonly sameEnvironment: boolean;
	/** Ascending. */
	readonly ports: readonly string[];
}

/** Blocks that hold exactly the pairs of the ports. */
export function blocksOf(ends: readonly LearnEnd[], ports: readonly NeededPort[]): readonly Block[] {
	const byRole = Map.groupBy(
		ends.filter(({environment, outside}) => environment !== null && !outside),
		({role}) => role,
	);
	return merged(
		ports.flatMap(port => {
			const {roles, rest} = splitByRole(ends, byRole, port);
			return [...withinEnvironments(byRole, roles, port), ...plainBlocks(rest, port.word)];
		}),
	);
}

type Roles = ReadonlyMap<string, readonly LearnEnd[]>;

/** Pairs of roles that hold in every environment that has both, of at least two, and between no others; and all other pairs. */
function splitByRole(
	ends: readonly LearnEnd[],
	byRole: Roles,
	port: NeededPort,
): {readonly roles: ReadonlyMap<string, ReadonlySet<string>>; readonly rest: Pairs} {
	const seen = new Map<string, {readonly from: string; readonly to: string; same: number; cross: number}>();
	const keyOf = (from: LearnEnd, to: LearnEnd): string => `${from.role}\n${to.role}`;
	const each = (visit: (from: LearnEnd, to: LearnEnd) => void): void => {
		for (const [from, all] of port.pairs) for (const to of all) visit(ends[from]!, ends[to]!);
	};
	const isPlaced = (end: LearnEnd): boolean => end.environment !== null && !end.outside;
	each((from, to) => {
		if (!isPlaced(from) || !isPlaced(to)) return;
		const key = keyOf(from, to);
		const count = seen.get(key) ?? {from: from.role, to: to.role, same: 0, cross: 0};
		seen.set(key, count);
		count[from.environment === to.environment ? 'same' : 'cross']++;
	});
	const whole = new Set(
		[...seen].flatMap(([key, {from, to, same, cross}]) =>
			cross === 0 && holdsEverywhere(byRole.get(from)!, byRole.get(to)!, same, port) ? [key] : [],
		),
	);
	const roles = new Map<string, Set<string>>();
	const rest: Pairs = new Map();
	each((from, to) => {
		if (!isPlaced(from) || !isPlaced(to) || !whole.has(keyOf(from, to))) addPair(rest, from.at, to.at);
		else (roles.get(from.role) ?? roles.set(from.role, new Set()).get(from.role)!).add(to.role);
	});
	return {roles, rest};
}

/** Whether so many pairs within environments are all that there could be, in two environments or more. */
function holdsEverywhere(from: readonly LearnEnd[], to: readonly LearnEnd[], seen: number, port: NeededPort): boolean {
	const sources = Map.groupBy(from, ({environment}) => environment);
	const destinations = Map.groupBy(
		to.filter(end => answers(port, end)),
		({environment}) => environment,
	);
	const shared = [...sources.keys()].filter(environment => destinations.has(environment));
	const all = shared.reduce(
		(sum, environment) =>
			sum +
			sources
				.get(environment)!
				.reduce((some, one) => some + destinations.get(environment)!.filter(other => canUse(one, other)).length, 0),
		0,
	);
	return shared.length >= 2 && seen === all;
}

/** A workload by itself has no flow to itself that a rule could mean. */
export const canUse = (from: LearnEnd, to: LearnEnd): boolean => from !== to || from.replicated;

function withinEnvironments(
	byRole: Roles,
	roles: ReadonlyMap<string, ReadonlySet<string>>,
	port: NeededPort,
): readonly Block[] {
	const bySet = Map.groupBy(roles, ([, set]) => [...set].sort().join('\n'));
	return [...bySet.values()].map(group => {
		const sources = group.flatMap(([role]) => byRole.get(role)!);
		const destinations = [...group[0]![1]].flatMap(role => byRole.get(role)!).filter(end => answers(port, end));
		const places = (all: readonly LearnEnd[], others: readonly LearnEnd[]): readonly number[] =>
			numbers(all.filter(one => others.some(({environment}) => environment === one.environment)).map(({at}) => at));
		return {
			from: places(sources, destinations),
			to: places(destinations, sources),
			sameEnvironment: true,
			ports: [port.word],
		};
	});
}

/** Sources with the same destinations are one block, or destinations with the same sources, whichever are fewer. */
function plainBlocks(pairs: Pairs, word: string): readonly Block[] {
	const turned: Pairs = new Map();
	for (const [from, all] of pairs) for (const to of all) addPair(turned, to, from);
	const [bySource, byDestination] = [grouped(pairs), grouped(turned)];
	const block = (from: readonly number[], to: readonly number[]): Block => ({
		from,
		to,
		sameEnvironment: false,
		ports: [word],
	});
	return bySource.length <= byDestination.length
		? bySource.map(([from, to]) => block(from, to))
		: byDestination.map(([to, from]) => block(from, to));
}

const grouped = (pairs: Pairs): readonly (readonly [readonly number[], readonly number[]])[] =>
	[...Map.groupBy(pairs, ([, all]) => numbers(all).join(' ')).values()].map(group => [
		numbers(group.map(([one]) => one)),
		numbers(group[0]![1]),
	]);

const numbers = (all: Iterable<number>): readonly number[] => [...new Set(all)].sort((a, b) => a - b);

/** Blocks that differ in one thing alone are one block. */
function merged(blocks: readonly Block[]): readonly Block[] {
	const join = (all: readonly Block[], key: 'from' | 'to' | 'ports'): readonly Block[] =>
		[...Map.groupBy(all, block => JSON.stringify({...block, [key]: null})).values()].map(group =>
			group.length === 1
				? group[0]!
				: key === 'ports'
					? {...group[0]!, ports: [...new Set(group.flatMap(({ports}) => ports))].sort()}
					: {...group[0]!, [key]: numbers(group.flatMap(block => block[key]))},
		);
	let [before, now] = [Number.POSITIVE_INFINITY, blocks];
	while (now.length < before) {
		before = now.length;
		now = join(join(join(now, 'ports'), 'to'), 'from');
	}
	return now;
}
