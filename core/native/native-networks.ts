// The networks of a native topology: those of the source, else one for each namespace, or around the addresses that
// policies look at.
import type {Topology, Workload} from '../model/topology.ts';
import {parseAddress, renderAddress} from '../policy/address.ts';
import {fixedAddresses, type NativeNames, plain} from './native-names.ts';

export interface NativeNetwork {
	readonly name: string;
	/** IPv4. */
	readonly cidr: string;
	/** Names of the workloads in it. */
	readonly members: ReadonlySet<string>;
}

/** 198.18.0.0, in whose /15 the networks of namespaces lie (RFC 2544). */
const firstOfAll = (198 * 256 + 18) * 65_536;

/** A network larger than that range begins where ranges of any size may: 10.0.0.0. */
const firstOfLarge = 10 * 2 ** 24;

/** Where native files put outside hosts that name no network. */
const beyond = 'outside';

/** Every workload that is inside lies in one of them, or in those of the source that it lies in. */
export function nativeNetworks(topology: Topology, names: NativeNames): readonly NativeNetwork[] {
	const {workloads, environments} = topology;
	if (hasNetworks(topology)) return ownNetworks(topology);
	const inside = workloads.filter(({outside}) => !outside);
	const isKept = (one: Workload): boolean => names.pinned && ipv4Of(one) !== undefined;
	const kept = inside.filter(isKept);
	const blocks = Map.groupBy(kept, one => ipv4Of(one)!.split('.').slice(0, 2).join('.'));
	const around = [...blocks].sort().map(([, members], at) => ({
		name: blocks.size === 1 ? 'pods' : `pods-${at + 1}`,
		cidr: coverOf(members.map(one => ipv4Of(one)!)),
		members: namesOf(members),
	}));
	const spaces = Map.groupBy(
		inside.filter(one => !isKept(one)),
		({namespace, segments}) => plain(namespace ?? segments[0] ?? 'net'),
	);
	const cuts = names.pinned ? 1 : environments.length + 1;
	const largest = Math.max(0, ...[...spaces.values()].map(members => members.length));
	// A segment for each environment, as large as if all of the namespace were in it, and three addresses that are kept.
	const size = Math.max(256, powerOver(cuts) * powerOver(largest + 4));
	const start = size > 2 ** 17 ? firstOfLarge : firstOfAll;
	const cut = [...spaces]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, members], at) => ({
			name,
			cidr: `${renderAddress(4, BigInt(start + at * size))}/${32 - Math.log2(size)}`,
			members: namesOf(members),
		}));
	return [...around, ...cut];
}

/** Whether the source has networks of its own, and no environments that would cut them. */
const hasNetworks = ({workloads, environments, segments}: Topology): boolean => {
	const ranges = new Set(segments.flatMap(({name, prefixes}) => (prefixes.some(isIpv4) ? [name] : [])));
	const lies = ({segments: own, namespace}: Workload): boolean =>
		namespace === null && own.length > 0 && own.every(name => ranges.has(name));
	return environments.length === 0 && workloads.length > 0 && workloads.every(lies);
};

const ownNetworks = ({workloads, segments}: Topology): readonly NativeNetwork[] =>
	segments
		.filter(({name}) => name !== beyond)
		.map(({name, prefixes}) => ({
			name,
			cidr: prefixes.find(isIpv4)!.cidr,
			members: namesOf(workloads.filter(one => one.segments.includes(name))),
		}));

const isIpv4 = ({family}: {readonly family: number}): boolean => family === 4;

const powerOver = (least: number): number => 2 ** Math.ceil(Math.log2(least));

const namesOf = (members: readonly Workload[]): ReadonlySet<string> => new Set(members.map(({name}) => name));

const ipv4Of = (workload: Workload): string | undefined =>
	fixedAddresses(workload).find(address => !address.includes(':'));

/** The smallest prefix of which none of the addresses is the first, the second or the last; at least a /29. */
function coverOf(addresses: readonly string[]): string {
	const numbers = addresses.map(address => parseAddress(address).first);
	for (let bits = 3n; bits < 24n; bits++) {
		const first = (numbers[0]! >> bits) << bits;
		const last = first + (1n << bits) - 1n;
		if (numbers.every(number => first + 1n < number && number < last))
			return `${renderAddress(4, first)}/${32n - bits}`;
	}
	return `${renderAddress(4, (numbers[0]! >> 24n) << 24n)}/8`;
}
