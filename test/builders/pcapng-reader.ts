// A reader of capture files of the tests' own, written from draft-ietf-opsawg-pcapng and not from the writer. It throws at
// whatever is no whole, well-formed file.

export interface ReadPacket {
	readonly name: string;
	readonly at: bigint;
	readonly direction: number;
	readonly length: number;
	readonly data: Buffer;
	readonly comment: string | null;
}

export interface ReadCapture {
	readonly comment: string;
	readonly application: string;
	readonly interfaces: readonly {
		readonly name: string;
		readonly link: number;
		readonly snaplen: number;
		readonly resolution: number;
	}[];
	readonly names: Readonly<Record<string, string>>;
	readonly packets: readonly ReadPacket[];
	readonly statistics: readonly {readonly name: string; readonly received: bigint; readonly dropped: bigint}[];
}

type Options = ReadonlyMap<number, Buffer>;

export function readCapture(bytes: Buffer): ReadCapture {
	let section: Options = new Map();
	const interfaces: ReadCapture['interfaces'][number][] = [];
	const names: Record<string, string> = {};
	const packets: ReadPacket[] = [];
	const statistics: ReadCapture['statistics'][number][] = [];
	for (let at = 0; at < bytes.length; ) {
		const type = bytes.readUInt32LE(at);
		const length = bytes.readUInt32LE(at + 4);
		if (at === 0 && (type !== 0x0a0d0d0a || bytes.readUInt32LE(8) !== 0x1a2b3c4d)) throw new Error('no section header');
		if (length % 4 !== 0 || at + length > bytes.length) throw new Error(`a block is cut at ${at} of ${bytes.length}`);
		if (bytes.readUInt32LE(at + length - 4) !== length) throw new Error(`the two lengths differ at ${at}`);
		const body = bytes.subarray(at + 8, at + length - 4);
		if (type === 0x0a0d0d0a) section = optionsOf(body.subarray(16));
		else if (type === 1) {
			const options = optionsOf(body.subarray(8));
			interfaces.push({
				name: options.get(2)!.toString(),
				link: body.readUInt16LE(0),
				snaplen: body.readUInt32LE(4),
				resolution: options.get(9)![0]!,
			});
		} else if (type === 4) {
			for (const [kind, value] of records(body)) {
				const size = kind === 1 ? 4 : 16;
				const address = value.subarray(0, size);
				names[kind === 1 ? address.join('.') : address.toString('hex')] = value.subarray(size, -1).toString();
			}
		} else if (type === 5) {
			const options = optionsOf(body.subarray(12));
			statistics.push({
				name: interfaces[body.readUInt32LE(0)]!.name,
				received: options.get(4)!.readBigUInt64LE(),
				dropped: options.get(5)!.readBigUInt64LE(),
			});
		} else if (type === 6) {
			const kept = body.readUInt32LE(12);
			const options = optionsOf(body.subarray(20 + Math.ceil(kept / 4) * 4));
			packets.push({
				name: interfaces[body.readUInt32LE(0)]!.name,
				at: (BigInt(body.readUInt32LE(4)) << 32n) + BigInt(body.readUInt32LE(8)),
				direction: options.get(2)!.readUInt32LE() & 3,
				length: body.readUInt32LE(16),
				data: body.subarray(20, 20 + kept),
				comment: options.get(1)?.toString() ?? null,
			});
		} else throw new Error(`an unknown block ${type} at ${at}`);
		at += length;
	}
	return {
		comment: section.get(1)!.toString(),
		application: section.get(4)!.toString(),
		...{interfaces, names, packets, statistics},
	};
}

/** Code, and value: what options and the records of names have in common. They end with a code of 0. */
function* records(body: Buffer): Generator<readonly [code: number, value: Buffer]> {
	for (let at = 0; at < body.length; ) {
		const code = body.readUInt16LE(at);
		const length = body.readUInt16LE(at + 2);
		if (code === 0) {
			if (length !== 0 || at + 4 !== body.length) throw new Error('options go on behind their end');
			return;
		}
		yield [code, body.subarray(at + 4, at + 4 + length)];
		at += 4 + Math.ceil(length / 4) * 4;
	}
	if (body.length > 0) throw new Error('options have no end');
}

const optionsOf = (body: Buffer): Options => new Map(records(body));
