// The ports of a match, by sets of destinations: a service's name means other ports at other workloads.
import type {Match, PortMatch} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {addBits, type Bits, noBits, setBit} from '../policy/bits.ts';
import {portRanges, serviceNames} from '../policy/port.ts';
import {type Words, within} from './changes-sets.ts';
import {everyPort, type PortSet, portSet} from './port-set.ts';

/** Destinations at which a match means these ports. */
export interface Piece {
	readonly to: Words;
	readonly ports: PortSet;
}

/** Pieces of a set of destinations, by number: disjoint, none of them empty; where a match means no port there is none. */
export function portPieces(ends: readonly (Workload | null)[]): (match: Match, to: Words) => readonly Piece[] {
	const fixed = new Map<Match, PortSet>();
	const named = new Map<Match, readonly NamedPorts[]>();
	const groups = servedAlike(ends);
	return (match, to) => {
		if (to.at.length === 0) return [];
		if (match.on === null) return [{to, ports: everyPort}];
		if (!match.on.some(namesService)) {
			const ports = fixed.get(match) ?? portsAt(match.on, null);
			fixed.set(match, ports);
			return [{to, ports}];
		}
		const pieces = named.get(match) ?? byServices(match.on, groups);
		named.set(match, pieces);
		return pieces.map(({bits, ports}) => ({to: within(to, bits), ports})).filter(piece => piece.to.at.length > 0);
	};
}

const namesService = ({kind}: PortMatch): boolean => kind === 'service';

const portsAt = (on: readonly PortMatch[], destination: Workload | null): PortSet =>
	portSet(on.flatMap(one => portRanges(one, destination)));

function byServices(on: readonly PortMatch[], groups: readonly Served[]): readonly NamedPorts[] {
	const pieces = new Map<string, NamedPorts>();
	for (const {bits, workload} of groups) {
		const ports = portsAt(on, workload);
		const known = pieces.get(ports.join());
		if (known !== undefined) addBits(known.bits, bits);
		else if (ports.length > 0) pieces.set(ports.join(), {bits: bits.slice(), ports});
	}
	return [...pieces.values()];
}

/** Ends at which a service's name means these ports. */
interface NamedPorts {
	readonly bits: Bits;
	readonly ports: PortSet;
}

/** Ends with the same services. */
interface Served {
	readonly bits: Bits;
	readonly workload: Workload | null;
}

function servedAlike(ends: readonly (Workload | null)[]): readonly Served[] {
	const groups = new Map<string, Served>();
	for (const [at, workload] of ends.entries()) {
		const key = (workload?.services ?? [])
			.map(one => `${serviceNames(one).join('/')} ${one.protocol} ${one.port} ${one.lastPort}`)
			.join();
		const group = groups.get(key) ?? {bits: noBits(ends.length), workload};
		groups.set(key, group);
		setBit(group.bits, at);
	}
	return [...groups.values()];
}
