// What a policy allows that nobody needs: the way of the next attack, and what a reviewer would take away.
import type {Flow} from '../model/flow.ts';
import type {Requirement, Selector, Stack, Verdict} from '../model/policy.ts';
import type {Dependency, Topology, Workload} from '../model/topology.ts';
import {type Kind, kindsOf, serves} from './kinds.ts';
import {matchesOf, type PortClass, portClasses} from './port-classes.ts';

export interface Looseness {
	/** Of the allowed (source kind, destination kind, port class) with a listener, the share that no dependency uses; null where none is allowed, or there are too many to ask. */
	readonly usableNow: number | null;
	/** Of all allowed ones, the share where nothing listens. */
	readonly openToNothing: number | null;
}

/** Above this many (source kind, destination kind, port class), looseness is not worked out. */
const mostTriples = 2_000_000;

/** Asks the model about every triple; what an importer added counts neither as source nor as destination. */
export function looseness({
	topology,
	stack,
	verdict,
}: {
	readonly topology: Topology;
	readonly stack: Stack;
	readonly verdict: (flow: Flow) => Verdict;
}): Looseness {
	const kinds = [...kindsOf(topology).all.values()].filter(({assumed}) => !assumed);
	const classes = portClasses(
		kinds.flatMap(({services}) => services),
		stack,
	);
	if (kinds.length ** 2 * classes.length > mostTriples) return {usableNow: null, openToNothing: null};
	const needs = Map.groupBy(topology.dependencies, ({from, to}) => `${from}>${to}`);
	const finest = tellsApart(stack);
	const count = {listening: 0, unused: 0, silent: 0};
	for (const [from, to] of pairs(kinds)) {
		const needed = needs.get(`${from.name}>${to.name}`) ?? [];
		const ends = endpoints(from, to, finest);
		for (const port of classes) {
			if (!ends.some(end => verdict({...end, ...port}).action === 'allow')) continue;
			const service = to.services.find(each => serves(each, port.protocol, port.port));
			if (service === undefined) count.silent += 1;
			else {
				count.listening += 1;
				if (!uses(needed, to, port)) count.unused += 1;
			}
		}
	}
	const allowed = count.listening + count.silent;
	return {
		usableNow: count.listening === 0 ? null : count.unused / count.listening,
		openToNothing: allowed === 0 ? null : count.silent / allowed,
	};
}

function uses(needed: readonly Dependency[], {services}: Kind, {protocol, port}: PortClass): boolean {
	const service = services.find(each => serves(each, protocol, port));
	return service !== undefined && needed.some(need => serves(service, need.protocol, need.port));
}

/** All pairs of two kinds, but of two that stand outside. */
const pairs = (kinds: readonly Kind[]): readonly (readonly [Kind, Kind])[] =>
	kinds.flatMap(from =>
		kinds.filter(to => to !== from && !(from.outside && to.outside)).map(to => [from, to] as const),
	);

type Ends = Omit<Flow, 'protocol' | 'port'>;

/** The addresses to ask for: one pair where no rule can tell replicas or families apart, else every one. */
function endpoints(from: Kind, to: Kind, finest: boolean): readonly Ends[] {
	const ends = from.workloads.flatMap(source => to.workloads.flatMap(destination => between(source, destination)));
	return finest ? ends : ends.slice(0, 1);
}

const between = (source: Workload, destination: Workload): readonly Ends[] =>
	source.addresses.flatMap(({family, address}) =>
		destination.addresses
			.filter(other => other.family === family)
			.map(other => ({
				source: {workload: source.name, address},
				destination: {workload: destination.name, address: other.address},
				family,
			})),
	);

/** Does some rule look at names or addresses, so that one replica or family may be judged unlike another? */
const tellsApart = (stack: Stack): boolean =>
	stack.some(policy =>
		[policy.applies, policy.enforce, ...matchesOf(policy).flatMap(({from, to}) => [from, to])].some(names),
	);

const names = (selector: Selector): boolean => selector.some(({requirements}) => requirements.some(nameOrAddress));

const nameOrAddress = (requirement: Requirement): boolean =>
	requirement.kind === 'workload' ||
	requirement.kind === 'cidr' ||
	(requirement.kind === 'is' && names(requirement.selector));
