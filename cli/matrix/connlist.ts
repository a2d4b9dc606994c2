// The connlist of netpol-analyzer: `SRC => DST : CONNS`, a line a pair, for comparing with what other tools say.
import {type Cell, type Connections, isPair} from '../../core/reach/connections.ts';
import type {Peer} from '../../core/reach/connections-peers.ts';
import {joinedSpans, spanText} from '../../core/reach/connections-ranges.ts';
import {cellRows} from '../../core/reach/connections-rows.ts';
import type {AddressSpan} from '../../core/reach/end-class.ts';
import {renderPorts} from '../../core/reach/port-set.ts';
import {oneLine} from '../report/lines.ts';

/** Text of a cell, made once for each; '' where nothing is open but icmp, of which a connlist knows nothing. */
function cellTexts(): (cell: Cell) => string {
	const texts = new Map<Cell, string>();
	return cell => {
		const known = texts.get(cell);
		if (known !== undefined) return known;
		const text = renderPorts(cell.open);
		const line = text === 'No Connections' ? '' : text;
		texts.set(cell, line);
		return line;
	};
}

interface Named {
	readonly name: string;
	readonly peer: Peer;
}

interface Target {
	readonly name: string;
	readonly text: string;
}

const byName = (a: {readonly name: string}, b: {readonly name: string}): number =>
	a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

const namedOwners = ({peers}: Connections): readonly Named[] =>
	peers
		.filter(({ranges}) => ranges === null)
		.map(peer => ({name: oneLine(peer.ownerName), peer}))
		.sort(byName);

/**
 * Every open pair as a line, sorted; a piece of text for each source. Owners as `Peer.ownerName`, addresses beyond the
 * topology as ranges, neighbours with the same connections as one. A pair without a line has no connection.
 *
 * Source: netpol-analyzer, `list` with its default output.
 */
export function* renderConnlist(connections: Connections): Generator<string> {
	const owners = namedOwners(connections);
	const beyond = connections.peers.filter(({ranges}) => ranges !== null);
	const textOf = cellTexts();
	const rowOf = cellRows(connections);
	const incoming = [...fromBeyond(connections, owners, beyond, textOf)].sort(byName);
	let next = 0;
	for (const source of owners) {
		while (next < incoming.length && incoming[next]!.name < source.name) yield incoming[next++]!.text;
		const row = rowOf(source.peer);
		const targets: Target[] = [];
		for (const {name, peer} of owners) {
			const text = textOf(row[peer.group]!);
			if (text !== '' && isPair(source.peer, peer)) targets.push({name, text});
		}
		if (!source.peer.outside && beyond.length > 0) {
			targets.push(...rangeTargets(beyond, peer => textOf(row[peer.group]!)));
			targets.sort(byName);
		}
		let lines = '';
		for (const {name, text} of targets) lines += `${source.name} => ${name} : ${text}\n`;
		if (lines !== '') yield lines;
	}
	for (; next < incoming.length; next++) yield incoming[next]!.text;
}

/** The lines whose source is a range: `name` is that range, `text` all of its lines, sorted. */
function* fromBeyond(
	{groups, between}: Connections,
	owners: readonly Named[],
	beyond: readonly Peer[],
	textOf: (cell: Cell) => string,
): Generator<Target> {
	const byGroup = groups.map(({index, peers}) =>
		peers[0]!.ranges === null ? rangeTargets(beyond, peer => textOf(between(peer.group, index))) : [],
	);
	const lines = owners
		.filter(({peer}) => !peer.outside)
		.flatMap(({name, peer}) => byGroup[peer.group]!.map(range => ({range: range.name, name, text: range.text})));
	for (const [range, all] of Map.groupBy(lines, one => one.range))
		yield {name: range, text: all.map(({name, text}) => `${range} => ${name} : ${text}\n`).join('')};
}

/** Ranges with their connections; those of several peers as one where they touch and have the same. */
function rangeTargets(beyond: readonly Peer[], textOf: (peer: Peer) => string): readonly Target[] {
	const open = new Map<string, AddressSpan[]>();
	for (const peer of beyond) {
		const text = textOf(peer);
		if (text === '') continue;
		const spans = open.get(text) ?? [];
		open.set(text, spans);
		spans.push(...peer.ranges!);
	}
	return [...open].flatMap(([text, spans]) => joinedSpans(spans).map(span => ({name: spanText(span), text})));
}

/**
 * The probe form: every ordered pair of owners, `No Connections` included. Only the ports that the connections were
 * narrowed to are in it; addresses beyond the topology are not.
 */
export function* renderProbeLines(connections: Connections): Generator<string> {
	const owners = namedOwners(connections);
	const rowOf = cellRows(connections);
	const texts = new Map<Cell, string>();
	const textOf = (cell: Cell): string => {
		const text = texts.get(cell) ?? renderPorts(cell.open);
		texts.set(cell, text);
		return text;
	};
	for (const source of owners) {
		const row = rowOf(source.peer);
		let lines = '';
		for (const {name, peer} of owners)
			if (isPair(source.peer, peer)) lines += `${source.name} => ${name} : ${textOf(row[peer.group]!)}\n`;
		if (lines !== '') yield lines;
	}
}
