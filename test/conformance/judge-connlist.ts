// A whole list of connections: every pair of peers, and every peer with every range of addresses beyond the cluster. What
// has no line has no connection.
import {type PortSet, renderPorts, samePorts, union} from '../../core/reach/port-set.ts';
import {holdsAll, isRange, parseSpan, renderSpan, type Span, splitAt} from './address-spans.ts';
import type {Case, Corpus} from './corpus.ts';
import {type Line, parseLines} from './expected-lines.ts';
import type {Judgement} from './judgement.ts';
import {type OpenBetween, openBetween, type Peer} from './open-between.ts';
import {peersByName, peersNamed} from './peers.ts';
import {exceptingPods, filesOf, type Policed, subjectOf} from './subject.ts';

export function judgeConnlist(corpus: Corpus, one: Case): Judgement {
	const lines = parseLines(corpus.read(one.expected));
	const imported = subjectOf(corpus, filesOf(corpus, one));
	const levels = {beyond: !one.features.includes('pod-level')};
	const judged = compareConnlist(exceptingPods(imported), lines, levels);
	return {...judged, otherReading: compareConnlist(imported, lines, levels).differences.length > 0};
}

/** `beyond`: whether the list speaks of addresses beyond the cluster at all. */
export function compareConnlist(
	subject: Policed,
	lines: readonly Line[],
	{beyond}: {readonly beyond: boolean},
): Judgement {
	const product = openBetween(subject);
	const names = lines.flatMap(({source, destination}) => [source, destination]);
	const peers = peersByName(subject.topology, names);
	for (const name of names) if (!isRange(name)) peersNamed(peers, name);
	const expected = expectedOpen(lines);
	const differences: string[] = [];
	let checked = 0;
	const compare = (source: Named, destination: Named): void => {
		const should = expected(source, destination);
		for (const opening of product.of(source.peer, destination.peer)) {
			const disputed = product.disputed(opening, should);
			checked += 1 + disputed.checked;
			const pair = `${source.name} => ${destination.name}`;
			if (!samePorts(opening.open, should))
				differences.push(`${pair}: expected ${renderPorts(should)}, got ${renderPorts(opening.open)}`);
			else if (disputed.at.length > 0)
				differences.push(`${pair}: the evaluator differs from reach at ${disputed.at[0]}`);
		}
	};
	const workloads = [...peers].map(([name, own]): Named => ({name, peer: {kind: 'workloads', workloads: own}}));
	for (const source of workloads)
		for (const destination of workloads) if (source !== destination) compare(source, destination);
	const far = beyond ? piecesBeyond(product, names).map(namedSpan) : [];
	for (const near of workloads)
		for (const other of far) {
			compare(near, other);
			compare(other, near);
		}
	return {checked, differences};
}

export interface Named {
	readonly name: string;
	readonly peer: Peer;
}

const namedSpan = (span: Span): Named => ({name: renderSpan(span), peer: {kind: 'beyond', span}});

/** IPv4 addresses beyond the cluster, cut where the expectation or the product cuts them. */
export const piecesBeyond = (product: OpenBetween, names: readonly string[]): readonly Span[] =>
	splitAt([...names.filter(isRange).map(parseSpan), ...product.spans]).filter(span => !product.owned(span));

/** What the lines say of a pair: the union of those for it, or for a range that holds the addresses asked about. */
export function expectedOpen(lines: readonly Line[]): (source: Named, destination: Named) => PortSet {
	const between = (a: string, b: string): string => `${a} > ${b}`;
	const nameOf = (name: string): string => (isRange(name) ? 'beyond' : name);
	const byPair = Map.groupBy(lines, line => between(nameOf(line.source), nameOf(line.destination)));
	const key = ({name, peer}: Named): string => (peer.kind === 'beyond' ? 'beyond' : name);
	const holds = (written: string, {peer}: Named): boolean =>
		peer.kind === 'workloads' || holdsAll(parseSpan(written), peer.span);
	return (source, destination) =>
		(byPair.get(between(key(source), key(destination))) ?? [])
			.filter(line => holds(line.source, source) && holds(line.destination, destination))
			.reduce<PortSet>((open, line) => union(open, line.open), []);
}
