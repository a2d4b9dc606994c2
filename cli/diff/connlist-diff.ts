// The diff of netpol-analyzer, a line a pair of owners, for comparing with what other tools say.

import {parseAddress} from '../../core/policy/address.ts';
import type {Side} from '../../core/reach/changes.ts';
import {meetings} from '../../core/reach/changes-classes.ts';
import {type Connections, connectionsOf, isPair} from '../../core/reach/connections.ts';
import type {Peer} from '../../core/reach/connections-peers.ts';
import {joinedSpans, spanText} from '../../core/reach/connections-ranges.ts';
import type {AddressSpan} from '../../core/reach/end-class.ts';
import {renderPorts} from '../../core/reach/port-set.ts';
import {oneLine} from '../report/lines.ts';
import type {Difference} from './difference.ts';

const none = 'No Connections';

/**
 * `Connectivity diff:`, then `diff-type: …, source: …, destination: …, ref1: …, ref2: …[, workloads-diff-info: …]` for
 * each pair of owners, or of an owner and a range, whose connections differ; sorted, changed before added before removed.
 * Nothing at all where none differ. What only an importer assumed is not in it.
 *
 * Source: netpol-analyzer, `diff` with its default output.
 */
export function renderConnlistDiff({sides}: Difference): string {
	const [before, after] = [listOf(sides.before), listOf(sides.after)];
	const lines = [...betweenOwners(before, after), ...withRanges(before, after)];
	if (lines.length === 0) return '';
	const sorted = lines.sort((a, b) => order[a.type] - order[b.type] || (a.text < b.text ? -1 : 1));
	return `Connectivity diff:\n${sorted.map(({text}) => `${text}\n`).join('')}`;
}

const order = {changed: 0, added: 1, removed: 2};

interface List {
	readonly connections: Connections;
	readonly owners: ReadonlyMap<string, Peer>;
	/** From one peer to another, either of which may be missing here. */
	text(source: Peer | undefined, destination: Peer | undefined): string;
}

function listOf({topology, stack, placement}: Side): List {
	const connections = connectionsOf(topology, stack, {placement, assumed: false});
	const owners = connections.peers.filter(({ranges}) => ranges === null);
	const texts = new Map<number, string>();
	const {groups, between} = connections;
	return {
		connections,
		owners: new Map(owners.map(peer => [oneLine(peer.ownerName), peer])),
		text(source, destination) {
			if (source === undefined || destination === undefined || !isPair(source, destination)) return none;
			const key = source.group * groups.length + destination.group;
			const text = texts.get(key) ?? renderPorts(between(source.group, destination.group).open);
			texts.set(key, text);
			return text;
		},
	};
}

interface Line {
	readonly type: keyof typeof order;
	readonly text: string;
}

function* betweenOwners(before: List, after: List): Generator<Line> {
	const names = [...new Set([...before.owners.keys(), ...after.owners.keys()])];
	for (const source of names)
		for (const destination of names) {
			const was = before.text(before.owners.get(source), before.owners.get(destination));
			const is = after.text(after.owners.get(source), after.owners.get(destination));
			if (was !== is) yield lineOf(source, destination, [was, is], moved([source, destination], before, after));
		}
}

function* withRanges(before: List, after: List): Generator<Line> {
	const pieces = [...meetings(rangePeers(before), rangePeers(after))].map(({beyond, ...peers}) => ({
		spans: beyond.ranges,
		was: before.connections.peers[peers.before]!,
		is: after.connections.peers[peers.after]!,
	}));
	const names = new Set([...before.owners.keys(), ...after.owners.keys()]);
	for (const name of names) {
		const [was, is] = [before.owners.get(name), after.owners.get(name)];
		if ((is ?? was)!.outside) continue;
		const info = moved([name], before, after);
		const out = pieces.map(piece => [piece.spans, before.text(was, piece.was), after.text(is, piece.is)] as const);
		for (const {span, conns} of joined(out)) yield lineOf(name, span, conns, info);
		const into = pieces.map(piece => [piece.spans, before.text(piece.was, was), after.text(piece.is, is)] as const);
		for (const {span, conns} of joined(into)) yield lineOf(span, name, conns, info);
	}
}

/** Ranges by the number of their peer. */
const rangePeers = ({connections}: List) =>
	connections.peers.flatMap(({ranges}, index) =>
		ranges === null ? [] : [{index, beyond: {family: parseAddress(ranges[0]!.first).family, ranges}}],
	);

type Conns = readonly [was: string, is: string];

/** Ranges whose connections differ, neighbours with the same ones as one. */
function joined(
	pieces: readonly (readonly [readonly AddressSpan[], string, string])[],
): readonly {readonly span: string; readonly conns: Conns}[] {
	const alike = Map.groupBy(
		pieces.filter(([, was, is]) => was !== is),
		([, was, is]) => `${was} ${is}`,
	);
	return [...alike.values()].flatMap(all =>
		joinedSpans(all.flatMap(([spans]) => spans)).map(span => ({
			span: spanText(span),
			conns: [all[0]![1], all[0]![2]] as const,
		})),
	);
}

function lineOf(source: string, destination: string, [was, is]: Conns, info: string): Line {
	const type = was === none ? 'added' : is === none ? 'removed' : 'changed';
	const text = `diff-type: ${type}, source: ${source}, destination: ${destination}, ref1: ${was}, ref2: ${is}`;
	return {type, text: info === '' ? text : `${text}, workloads-diff-info: ${info}`};
}

/** `workload a and b added`, for owners that are on one side alone. */
function moved(names: readonly string[], before: List, after: List): string {
	const added = names.filter(name => !before.owners.has(name));
	const removed = names.filter(name => !after.owners.has(name));
	const [which, word] = added.length > 0 ? [added, 'added'] : [removed, 'removed'];
	return which.length === 0 ? '' : `workload ${which.join(' and ')} ${word}`;
}
