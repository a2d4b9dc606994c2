// The ports of `--probes`: what a probe form asks about.
import {nearest} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {PortRange} from '../../core/policy/port.ts';
import {type PortSet, portSet} from '../../core/reach/port-set.ts';

export type Probes =
	| {readonly kind: 'ok'; readonly ports: PortSet}
	| {readonly kind: 'wrong'; readonly problems: readonly Problem[]};

const protocols: readonly string[] = ['tcp', 'udp', 'sctp'];
const form = "write it 'TCP 80,81 UDP 53'";

/** `TCP 80,81 UDP 53`: a protocol, then its ports or ranges of them, parted by commas or spaces. */
export function parseProbes(text: string): Probes {
	const problems: Problem[] = [];
	const ranges: PortRange[] = [];
	const wrong = (at: number, what: string, mend: string): void =>
		void problems.push({where: {file: '--probes', line: 1, column: at + 1}, what, mend});
	let protocol: {readonly name: 'tcp' | 'udp' | 'sctp'; ports: number; readonly at: number} | null = null;
	const close = (): void => {
		if (protocol?.ports === 0) wrong(protocol.at, `${protocol.name.toUpperCase()} has no port`, form);
	};
	for (const {0: word, index} of text.matchAll(/[^\s,]+/g)) {
		if (protocols.includes(word.toLowerCase())) {
			close();
			protocol = {name: word.toLowerCase() as 'tcp' | 'udp' | 'sctp', ports: 0, at: index};
			continue;
		}
		if (protocol !== null) protocol.ports++;
		if (!/^\d+(-\d+)?$/.test(word)) {
			const near = nearest(word, protocols);
			const mend = near === undefined ? form : `did you mean ${near.toUpperCase()}?`;
			wrong(index, `${plainWord(word)} is neither a protocol (TCP, UDP, SCTP) nor a port`, mend);
			// What follows belongs to it, whatever it was meant to be.
			if (/^[a-z]+$/i.test(word)) protocol = {name: 'tcp', ports: 1, at: index};
			continue;
		}
		const [first, last = first] = word.split('-').map(Number) as [number, number?];
		if (first < 1 || last > 65_535) wrong(index, `${word} is no port: they are 1 to 65535`, '');
		else if (last < first) wrong(index, `${word} ends before it begins`, `write it ${last}-${first}`);
		else if (protocol === null) wrong(index, `port ${word} has no protocol`, form);
		else ranges.push({protocol: protocol.name, first, last});
	}
	close();
	if (ranges.length === 0 && problems.length === 0) wrong(0, 'there is no port', form);
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', ports: portSet(ranges)};
}
