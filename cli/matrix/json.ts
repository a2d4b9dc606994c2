// For programs: schema `firebreak/matrix/v1`, described in the README beside this file.
import type {Family} from '../../core/model/topology.ts';
import type {Cell} from '../../core/reach/connections.ts';
import type {Peer} from '../../core/reach/connections-peers.ts';
import {prefixText} from '../../core/reach/connections-ranges.ts';
import {openPairs} from '../../core/reach/connections-rows.ts';
import {safe} from '../report/json.ts';
import type {MatrixSubject} from './matrix-subject.ts';
import {portTexts} from './port-words.ts';

/** One object in `firebreak/matrix/v1`. */
export interface MatrixJson {
	readonly schema: 'firebreak/matrix/v1';
	readonly rehearsal: string;
	readonly candidate: string;
	readonly placement: string;
	/** As a policy's `on:`; null: every port counted. */
	readonly probes: readonly string[] | null;
	/** Families that the workloads have addresses of. */
	readonly families: readonly Family[];
	/** Sorted: owners by name, then addresses beyond the topology. */
	readonly peers: readonly PeerJson[];
	/** Sorted by `from` and `to` as `peers` is; what is not here is closed. */
	readonly open: readonly OpenJson[];
}

export interface PeerJson {
	/** Unique; what `from` and `to` say. */
	readonly name: string;
	readonly kind: 'owner' | 'addresses';
	/** Short, for people. */
	readonly label: string;
	/** `shop/web[Deployment]` where it comes from Kubernetes, else the name. */
	readonly owner: string;
	readonly environment: string | null;
	readonly namespace: string | null;
	readonly workloads: number;
	readonly jewel: boolean;
	readonly outside: boolean;
	readonly assumed: boolean;
	/** Prefixes, or `first-last`; null for an owner. */
	readonly ranges: readonly string[] | null;
}

export interface OpenJson {
	readonly from: string;
	readonly to: string;
	/** As a policy's `on:`: `8080/tcp`, `80-90/tcp`, `tcp`, `icmp`. */
	readonly ports: readonly string[];
	/** Only where the families differ; empty: closed. */
	readonly ipv4?: readonly string[];
	readonly ipv6?: readonly string[];
	/** False where some replica has less. */
	readonly everywhere: boolean;
}

/** The object of `MatrixJson`, an open pair on a line of its own. */
export function* renderMatrixJson(subject: MatrixSubject): Generator<string> {
	const {name, candidate, placement, probes, connections} = subject;
	const head = {
		schema: 'firebreak/matrix/v1',
		rehearsal: name,
		candidate,
		placement,
		probes: probes === null ? null : portTexts(probes),
		families: connections.families,
	} satisfies Omit<MatrixJson, 'peers' | 'open'>;
	const start = safe(JSON.stringify(head, null, '\t')).replace(/\n\}$/, '');
	const peers = connections.peers.map(peer => `\t\t${safe(JSON.stringify(peerOf(peer)))}`);
	yield `${start},\n\t"peers": [\n${peers.join(',\n')}\n\t],\n\t"open": [`;
	const texts = new Map<Cell, string>();
	let separator = '\n';
	for (const {source, destination, cell} of openPairs(connections)) {
		const ends = safe(JSON.stringify({from: source.name, to: destination.name}));
		const rest = texts.get(cell) ?? JSON.stringify(portsOf(cell));
		texts.set(cell, rest);
		yield `${separator}\t\t${ends.slice(0, -1)},${rest.slice(1)}`;
		separator = ',\n';
	}
	yield '\n\t]\n}\n';
}

const peerOf = ({ownerName, ranges, group, ...peer}: Peer): PeerJson => ({
	...peer,
	kind: ranges === null ? 'owner' : 'addresses',
	owner: ownerName,
	ranges: ranges?.map(prefixText) ?? null,
});

const portsOf = ({open, byFamily, everywhere}: Cell): Omit<OpenJson, 'from' | 'to'> => ({
	ports: portTexts(open),
	...(byFamily === null ? {} : {ipv4: portTexts(byFamily[4]), ipv6: portTexts(byFamily[6])}),
	everywhere,
});
