// The words of explanations that more than one file needs.
import type {Flow} from '../model/flow.ts';
import type {PortMatch} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {portRanges} from '../policy/port.ts';
import type {End} from '../policy/selector.ts';

/** The workload's name, or the address that none owns. */
export const endName = ({workload, address}: End): string => workload?.name ?? address;

/** The kind that the workload is a replica of, or the address that none owns: what a proposed rule is named after. */
export const kindName = ({workload, address}: End): string => workload?.kind ?? address;

/** `a`, `a or b`, `a, b or c`; empty for none. */
export const orList = (words: readonly string[], joint = 'or'): string =>
	words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;

/** `5432/tcp`, `icmp`. */
export const flowPort = ({protocol, port}: Pick<Flow, 'protocol' | 'port'>): string =>
	protocol === 'icmp' ? 'icmp' : `${port}/${protocol}`;

/** An entry of `on` as a file has it: `443/tcp`, `8000-8080/udp`, `tcp`, `postgres`. */
export function portWord(match: PortMatch): string {
	switch (match.kind) {
		case 'range':
			return `${match.first}${match.last === match.first ? '' : `-${match.last}`}/${match.protocol}`;
		case 'protocol':
			return match.protocol;
		case 'service':
			return match.protocol === null ? match.name : `${match.name}/${match.protocol}`;
		default:
			return match satisfies never;
	}
}

/** The same, with what a service's name means at this destination: `http (8080/tcp)`, `http (not there)`. */
export function portWordAt(match: PortMatch, destination: Workload | null): string {
	if (match.kind !== 'service') return portWord(match);
	const ranges = portRanges(match, destination).map(({protocol, first, last}) =>
		portWord({kind: 'range', protocol: protocol as 'tcp', first, last}),
	);
	return `${portWord(match)} (${ranges.join(', ') || 'which it has not'})`;
}
