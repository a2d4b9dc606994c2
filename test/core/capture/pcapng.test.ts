import test from 'ava';
import {
	commented,
	interfaceDescription,
	interfaceStatistics,
	nameResolution,
	type PacketRecord,
	packetBlockLength,
	sectionHeader,
	writePacket,
} from '../../../core/capture/pcapng.ts';
import {packetOf, readBlocks, statisticsOf, timeOfPacket} from '../../../core/capture/read-blocks.ts';
import {readCapture} from '../../builders/pcapng-reader.ts';

const bytes = (length: number): Uint8Array => Uint8Array.from({length}, (_, at) => at & 255);
const packet = (change: Partial<PacketRecord> = {}): PacketRecord => ({
	...{tap: 0, at: 1_800_000_000_123_456_789n, direction: 'in', length: 61, data: bytes(61)},
	...change,
});
/** In a buffer that was used before. */
function blockOf(record: PacketRecord): Uint8Array {
	const target = new Uint8Array(packetBlockLength(record.data.length) + 8).fill(0xee);
	const end = writePacket(target, new DataView(target.buffer), 4, record);
	return target.slice(4, end);
}
const head = [
	sectionHeader({comment: 'lab böse\nsecond line', application: 'Firebreak 1'}),
	interfaceDescription({name: 'web-1.prod', description: '198.18.0.1', snaplen: 96}),
	interfaceDescription({name: 'db', description: '', snaplen: 96}),
];

test('a file says lab, interfaces and names, and each packet’s time, direction, length and bytes', t => {
	const names = [
		{address: '198.18.0.1', name: 'web-1.prod'},
		{address: 'fd00::1', name: 'web-1.prod'},
	];
	const records = [
		packet(),
		packet({tap: 1, direction: 'out', length: 1500, data: bytes(96), at: 2n ** 63n - 1n}),
		...[0, 1, 2, 3, 4].map(length => packet({data: bytes(length), length})),
	];
	const blocks = [...head, nameResolution(names), ...records.map(blockOf)];
	const statistics = {tap: 1, at: 5_000_000_000n, received: 2n ** 40n, dropped: 7n};
	const read = readCapture(Buffer.concat([...blocks, interfaceStatistics(statistics)]));
	t.is(read.comment, 'lab böse\nsecond line');
	t.is(read.application, 'Firebreak 1');
	t.deepEqual(
		read.interfaces.map(({name, link, snaplen, resolution}) => [name, link, snaplen, resolution]),
		[
			['web-1.prod', 1, 96, 9],
			['db', 1, 96, 9],
		],
	);
	t.deepEqual(read.names, {'198.18.0.1': 'web-1.prod', fd000000000000000000000000000001: 'web-1.prod'});
	t.deepEqual(
		read.packets.map(({name, at, direction, length, data, comment}) => ({
			name,
			at,
			direction,
			length,
			data: [...data],
			comment,
		})),
		records.map(({tap, at, direction, length, data}) => ({
			...{name: ['web-1.prod', 'db'][tap], at, length, data: [...data], comment: null},
			direction: direction === 'in' ? 1 : 2,
		})),
	);
	t.deepEqual(read.statistics, [{name: 'db', received: 2n ** 40n, dropped: 7n}]);
});

test('a comment is added to a packet and changes nothing else of it', t => {
	for (const length of [0, 61, 64]) {
		const record = packet({data: bytes(length), direction: 'out'});
		const [read] = readCapture(Buffer.concat([...head, commented(blockOf(record), 'denied by "räuber"')])).packets;
		t.is(read!.comment, 'denied by "räuber"');
		t.deepEqual([[...read!.data], read!.at, read!.direction], [[...record.data], record.at, 2]);
	}
});

test('blocks are read back from pieces of any size, and what is cut is not given', t => {
	const records = [packet(), packet({direction: 'out', tap: 1}), packet({data: bytes(3)})];
	const statistics = {tap: 2, at: 9n, received: 3n, dropped: 1n};
	const stream = Buffer.concat([
		...records.map(blockOf),
		interfaceStatistics(statistics),
		blockOf(packet()).subarray(0, 50),
	]);
	for (const size of [1, 7, 64, 1000]) {
		const found: unknown[] = [];
		const reader = readBlocks((type, block) => {
			found.push(type === 6 ? {...packetOf(block), data: [...packetOf(block).data]} : statisticsOf(block));
			if (type === 6) t.is(timeOfPacket(block), packet().at);
		});
		for (let at = 0; at < stream.length; at += size) reader.take(stream.subarray(at, at + size));
		t.deepEqual(found, [...records.map(record => ({...record, data: [...record.data]})), statistics]);
		t.is(reader.rest, 50);
	}
	t.throws(() => readBlocks(() => undefined).take(new Uint8Array(12)), {message: /its length is 0/});
});
