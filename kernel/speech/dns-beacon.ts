// Marked data in names of one zone, which exists in labs alone (RFC 6761 keeps `test` for that). A resolver that recurses
// would hand the query on to the zone's name server; the lab's resolver answers as that one would, by the name alone, and
// keeps nothing.
import {renderReceipt} from './receipt.ts';

/** The attacker's zone. */
export const beaconZone = 'marked.firebreak.test';

/** Bytes in a label, as hex: a label has at most 63 characters (RFC 1035 2.3.4). */
const labelBytes = 31;
/** Labels with data in a name, whose length is at most 253 in all. */
const labels = 3;
const nameBytes = labelBytes * labels;

/** The names that carry `data`, each with its part of it. Numbered, so that no two are equal. */
export const beaconNames = (data: Buffer): readonly {readonly name: string; readonly part: Buffer}[] =>
	cut(data, nameBytes).map((part, at) => {
		const texts = cut(part, labelBytes).map(bytes => bytes.toString('hex'));
		return {name: [...texts, `n${at}`, beaconZone].join('.'), part};
	});

/** The texts of a name of the zone: the receipt of what it carries; undefined for any other name. Lower case. */
export function beaconTexts(name: string): readonly string[] | undefined {
	const words = name.split('.');
	const zone = words.splice(-beaconZone.split('.').length).join('.');
	const number = words.pop() ?? '';
	const carries = words.length > 0 && words.every(word => /^([0-9a-f]{2})+$/.test(word));
	if (zone !== beaconZone || !/^n\d+$/.test(number) || !carries) return undefined;
	return [renderReceipt(Buffer.from(words.join(''), 'hex'))];
}

const cut = (data: Buffer, size: number): readonly Buffer[] =>
	Array.from({length: Math.ceil(data.length / size)}, (_, at) => data.subarray(at * size, (at + 1) * size));
