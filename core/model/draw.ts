/**
 * A number of 0..1 (1 excluded) that follows from the seed, the run and a name alone, so that what is drawn for one
 * service does not move when another is added, and is the same under every candidate. FNV-1a, ended by MurmurHash3's mix.
 */
export function draw(seed: number, run: number, name: string): number {
	let hash = 0x811c9dc5;
	const eat = (byte: number): void => {
		hash = Math.imul(hash ^ byte, 0x01000193);
	};
	for (const number of [seed, run]) for (const shift of [0, 8, 16, 24]) eat((number >>> shift) & 255);
	for (let at = 0; at < name.length; at++) eat(name.charCodeAt(at));
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}
