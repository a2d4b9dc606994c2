// Which hosts are still worth an action, and at which of their addresses, seen from what the attacker knows.
import {isIPv4} from '../../core/attack/sweep-addresses.ts';
import type {Knowledge, KnownHost, PlannedAction} from '../../core/contracts/technique.ts';

/**
 * Addresses of hosts without a shell on them yet. A host lost by a login without a shell still is one, since a shell
 * there opens what it holds and reaches.
 */
export function openTargets({hosts, pivots}: Knowledge): readonly KnownHost[] {
	const entered = new Set(pivots.map(({hostname}) => hostname));
	return [...hosts.values()].filter(({name}) => !entered.has(name));
}

/**
 * Whether a pivot tries a host at this address: at each IPv4 address, and at IPv6 ones only where the host's name has no
 * IPv4, or the pivot has none, or has looked there all the same (`ipv6-detour`); never in a family that the pivot has no
 * address of.
 */
export function usableAddresses({
	hosts,
	pivots,
	scanned,
}: Knowledge): (pivot: string, target: Pick<KnownHost, 'address' | 'name'>) => boolean {
	const withIPv4 = new Set([...hosts.values()].filter(({address}) => isIPv4(address)).map(({name}) => name));
	const families = new Map(
		pivots.map(({hostname, addresses}) => [
			hostname,
			{ipv4: addresses.some(isIPv4), ipv6: addresses.some(address => !isIPv4(address))},
		]),
	);
	return (pivot, {address, name}) => {
		const has = families.get(pivot) ?? {ipv4: false, ipv6: false};
		if (isIPv4(address)) return has.ipv4;
		return has.ipv6 && (!(has.ipv4 && withIPv4.has(name)) || scanned.get(pivot)?.has(address) === true);
	};
}

/** By key, so that a plan never depends on the order in which things were learned. */
export const sortActions = (actions: readonly PlannedAction[]): readonly PlannedAction[] =>
	[...actions].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

/** What is done once on each pivot, to itself. */
export const onEachPivot = (
	technique: PlannedAction['technique'],
	{pivots, done}: Knowledge,
): readonly PlannedAction[] =>
	sortActions(
		pivots.map(({hostname}) => ({
			...{key: `${technique} ${hostname}`, technique, from: hostname, to: hostname},
			...{address: null, protocol: null, port: null, secret: null, speaks: null},
		})),
	).filter(({key}) => !done.has(key));
