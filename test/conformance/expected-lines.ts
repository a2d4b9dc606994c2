// The grammar of what is expected: `SRC => DST : CONNS`, with a verdict behind it where single ports were tried.
import {intersection, type PortSet, portSet, rangesOf} from '../../core/reach/port-set.ts';

export type Transport = 'tcp' | 'udp' | 'sctp';
const transports: readonly Transport[] = ['sctp', 'tcp', 'udp'];

/** All that a connlist speaks of: every port of the three transports, and no icmp. */
export const allTransports: PortSet = portSet(transports.map(protocol => ({protocol, first: 1, last: 65_535})));

/** A set without what connlists do not speak of. */
export const transportsOf = (set: PortSet): PortSet => intersection(set, allTransports);

export interface Port {
	readonly protocol: Transport;
	readonly port: number;
}

/** A pair, and the ports that are open between them. */
export interface Line {
	readonly source: string;
	readonly destination: string;
	readonly open: PortSet;
}

/** One port that was tried between a pair. */
export interface Probe extends Port {
	readonly source: string;
	readonly destination: string;
	readonly open: boolean;
}

const written = /^(.+?) => (.+?) : ([^:]+?)(?: : (allow|deny))?$/;

/** The lines of a connlist or a matrix; headings and blank lines are none. @throws Error for ports it cannot read */
export const parseLines = (text: string): readonly Line[] =>
	text.split('\n').flatMap(line => {
		const match = written.exec(plain(line));
		if (match === null || match[4] !== undefined) return [];
		return [{source: match[1]!, destination: match[2]!, open: parsePortSet(match[3]!)}];
	});

/** The lines of a list of probes. @throws Error where a line tries more than one port */
export const parseProbes = (text: string): readonly Probe[] =>
	text.split('\n').flatMap(line => {
		const match = written.exec(plain(line));
		if (match?.[4] === undefined) return [];
		return [{source: match[1]!, destination: match[2]!, ...parsePort(match[3]!), open: match[4] === 'allow'}];
	});

const plain = (line: string): string => line.replaceAll('[External]', '').trim();

/** `TCP 80`. @throws Error where it is more than one port */
export function parsePort(text: string): Port {
	const [range, ...more] = rangesOf(parsePortSet(text));
	if (range === undefined || more.length > 0 || range.first !== range.last) throw new Error(`${text} is not one port`);
	return {protocol: range.protocol as Transport, port: range.first};
}

/** `All Connections`, `No Connections`, or `TCP 1-79,81-65535,UDP 53`, where a port without a protocol has the one before. */
export function parsePortSet(text: string): PortSet {
	if (text === 'No Connections') return [];
	if (text === 'All Connections') return allTransports;
	let protocol: string | undefined;
	const ranges = text.split(',').map(part => {
		const match = /^(?:([A-Z]+) )?(\d+)(?:-(\d+))?$/.exec(part.trim());
		protocol = match?.[1]?.toLowerCase() ?? protocol;
		if (match === null || !transports.includes(protocol as Transport)) throw new Error(`${text} is no list of ports`);
		return {protocol: protocol as Transport, first: Number(match[2]), last: Number(match[3] ?? match[2])};
	});
	return portSet(ranges);
}
