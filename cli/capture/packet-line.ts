// One packet as a line of text, with the names of workloads.
import {type Frame, type IpFrame, readFrame} from '../../core/capture/frame.ts';
import type {PacketRecord} from '../../core/capture/pcapng.ts';
import {padEnd} from '../report/lines.ts';
import type {Painter} from '../report/paint.ts';

export interface PacketWords {
	/** The workload of each tap. */
	readonly taps: readonly string[];
	/** Whose address it is. */
	readonly owners: ReadonlyMap<string, string>;
	readonly paint: Painter;
}

/**
 * `14:00:42.123456  web-1.prod  out  tcp  web-1.prod:41234 ▸ db.prod:5432  SYN  74`: the length is the frame's, as Wireshark
 * has it. Without a newline.
 *
 * @param verdict - what a rule said of it, or null
 */
export function packetLine(
	{tap, at, direction, length, data}: PacketRecord,
	verdict: string | null,
	words: PacketWords,
): string {
	const {taps, paint} = words;
	const width = Math.max(...taps.map(name => name.length));
	const frame = readFrame(data);
	const tail = verdict === null ? '' : `  ${paint(/^denied/.test(verdict) ? 'bad' : 'dim', verdict)}`;
	return `${paint('dim', microClock(at))}  ${padEnd(taps[tap]!, width)}  ${padEnd(direction, 3)}  ${padEnd(protocolOf(frame), 5)}  ${endsOf(frame, words)}  ${length}${tail}`;
}

/** `14:00:42.123456` of nanoseconds since 1970, in the time zone of whoever reads. */
function microClock(at: bigint): string {
	const time = new Date(Number(at / 1_000_000n)).toTimeString().slice(0, 8);
	return `${time}.${String((at / 1000n) % 1_000_000n).padStart(6, '0')}`;
}

const protocols: Readonly<Record<number, string>> = {1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp', 132: 'sctp'};
const etherTypes: Readonly<Record<number, string>> = {2054: 'arp'};

/** `tcp`, and `tcp6` over IPv6, for the names of its ends say no family. */
function protocolOf(frame: Frame): string {
	if (frame.kind === 'cut') return 'cut';
	if (frame.kind === 'other')
		return etherTypes[frame.etherType] ?? `0x${frame.etherType.toString(16).padStart(4, '0')}`;
	return `${protocols[frame.protocol] ?? `ip-${frame.protocol}`}${frame.family === 6 ? '6' : ''}`;
}

function endsOf(frame: Frame, words: PacketWords): string {
	if (frame.kind !== 'ip') return '-';
	const {ports, word, fragment} = frame;
	const ends = `${endOf(frame, frame.source, ports?.source, words)} ▸ ${endOf(frame, frame.destination, ports?.destination, words)}`;
	return [ends, ...(word === null ? [] : [word]), ...(fragment ? ['fragment'] : [])].join('  ');
}

function endOf({family}: IpFrame, address: string, port: number | undefined, {owners}: PacketWords): string {
	const name = owners.get(address) ?? (family === 6 && port !== undefined ? `[${address}]` : address);
	return port === undefined ? name : `${name}:${port}`;
}
