import type {Service} from './topology.ts';

/** How many ports of a range listen beside its first and last. */
const size = 3;

/**
 * The ports on which a service listens, ascending: its one port, or of a range the first, the last and a sample that
 * follows from the seed alone, so that lab and model agree.
 */
export function listeningPorts({port, lastPort}: Service, seed: number): readonly number[] {
	if (port === lastPort) return [port];
	const inner = lastPort - port - 1;
	const sample =
		inner <= size
			? Array.from({length: inner}, (_, at) => port + 1 + at)
			: Array.from({length: size}, (_, at) => port + 1 + (mix(seed + at * 7919 + port) % inner));
	return [...new Set([port, ...sample, lastPort])].sort((a, b) => a - b);
}

/** A 32-bit finalizer (MurmurHash3's): spreads neighbouring seeds. */
function mix(value: number): number {
	let hash = value | 0;
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
