// Addresses for pods: where the cluster put them if the manifests say so, else one by one from a segment a namespace,
// cut from the range that is kept for tests of network devices (RFC 2544). IPv4 only.
import type {Address, Segment} from '../model/topology.ts';
import {canonicalAddress} from './cidr.ts';

/** 198.18.0.0/15. */
const range = {first: (198 * 256 + 18) * 65536, size: 2 ** 17};
/** The first addresses of a segment are left free, as a network would. */
const kept = 2;

export interface AddressRequest {
	readonly namespace: string;
	/** Addresses that it has in the cluster, as the manifest writes them. */
	readonly fixed: readonly string[];
}

export interface Allotment {
	/** By request, never empty. */
	readonly addresses: readonly (readonly Address[])[];
	/** One a namespace that needed one, sorted. */
	readonly segments: readonly Segment[];
	/** Requests that did not get the address they name: it is none, or another pod has it (pods on their node's network). */
	readonly moved: readonly number[];
}

/** Undefined where the range has no room for so many namespaces and pods. The same requests give the same addresses. */
export function allotAddresses(requests: readonly AddressRequest[]): Allotment | undefined {
	const {fixed, owned, moved} = settleFixed(requests);
	const counts = new Map<string, number>();
	for (const [at, {namespace}] of requests.entries())
		if (fixed[at]!.length === 0) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
	const spare = [...owned].filter(address => /^198\.1[89]\./.test(address)).length;
	const blocks = cut(counts, spare);
	if (blocks === undefined) return undefined;
	const next = new Map([...blocks].map(([namespace, block]) => [namespace, block.first + kept]));
	const take = (namespace: string): Address => {
		let number = next.get(namespace)!;
		while (owned.has(dotted(number))) number++;
		next.set(namespace, number + 1);
		return {family: 4, address: dotted(number), segment: namespace};
	};
	const addresses = requests.map(({namespace}, at) => (fixed[at]!.length > 0 ? fixed[at]! : [take(namespace)]));
	const segments = [...blocks].map(([name, {first, size}]) => ({
		name,
		network: name,
		prefixes: [{family: 4 as const, cidr: `${dotted(first)}/${32 - Math.log2(size)}`}],
	}));
	return {addresses, segments, moved};
}

/**
 * Fixed addresses: each is the first's that names it. The others (a node's address has many pods) get a free one beside
 * it, so that the CIDRs which hold the one most likely hold the other.
 */
function settleFixed(requests: readonly AddressRequest[]): {
	readonly fixed: readonly (readonly Address[])[];
	readonly owned: ReadonlySet<string>;
	readonly moved: readonly number[];
} {
	const owned = new Set<string>();
	const fixed: Address[][] = requests.map(() => []);
	const moved: number[] = [];
	for (const [at, request] of requests.entries()) {
		const own = request.fixed.map(canonicalAddress);
		const fits = own.every(one => one !== undefined && !owned.has(one.address));
		if (!fits) moved.push(at);
		else for (const one of own) fixed[at]!.push({...one!, segment: null});
		if (fits) for (const one of own) owned.add(one!.address);
	}
	for (const at of moved) {
		const wanted = requests[at]!.fixed.map(canonicalAddress).find(one => one?.family === 4);
		const address = wanted === undefined ? undefined : beside(wanted.address, owned);
		if (address === undefined) continue;
		owned.add(address);
		fixed[at]!.push({family: 4, address, segment: null});
	}
	return {fixed, owned, moved};
}

/** The next free address of the same /24, or undefined where it is full. */
function beside(address: string, owned: ReadonlySet<string>): string | undefined {
	const dot = address.lastIndexOf('.');
	const last = Number(address.slice(dot + 1));
	for (let step = 1; step < 254; step++) {
		const candidate = `${address.slice(0, dot)}.${((last - 1 + step) % 254) + 1}`;
		if (!owned.has(candidate)) return candidate;
	}
	return undefined;
}

/** A block of at least 256 addresses for each namespace, the largest first so that none is wasted on alignment. */
function cut(
	counts: ReadonlyMap<string, number>,
	spare: number,
): ReadonlyMap<string, {readonly first: number; readonly size: number}> | undefined {
	const sized = [...counts]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([namespace, count]) => ({namespace, size: 2 ** Math.max(8, Math.ceil(Math.log2(count + spare + kept + 1)))}));
	const blocks: [string, {first: number; size: number}][] = [];
	let at = 0;
	for (const {namespace, size} of sized.toSorted((a, b) => b.size - a.size)) {
		blocks.push([namespace, {first: range.first + at, size}]);
		at += size;
	}
	return at > range.size ? undefined : new Map(blocks.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const dotted = (number: number): string => [24, 16, 8, 0].map(shift => Math.floor(number / 2 ** shift) % 256).join('.');
