// The matrix as a graph for Graphviz: a cluster a section, an arrow an open pair.

import type {Peer} from '../../core/reach/connections-peers.ts';
import {openPairs} from '../../core/reach/connections-rows.ts';
import {marks} from '../../core/text/marks.ts';
import {oneLine} from '../report/lines.ts';
import {sectionOf, sectionOrder} from './grid.ts';
import type {MatrixSubject} from './matrix-subject.ts';
import {portWords} from './port-words.ts';

/** Source of the form: the DOT language, double-quoted strings. Addresses stand in it where an arrow has them. */
export function* renderDot({name, candidate, connections}: MatrixSubject): Generator<string> {
	yield `digraph ${dotText(`${name}: ${candidate}`)} {\n\trankdir=LR;\n\tcompound=true;\n`;
	yield '\tnode [shape=box, style=rounded, fontname="sans-serif"];\n\tedge [fontname="sans-serif", fontsize=10];\n';
	const {peers} = connections;
	const numbers = new Map(peers.map((peer, at) => [peer, at]));
	const owners = peers.filter(({ranges}) => ranges === null);
	const sections = [...Map.groupBy(owners, sectionOf)].sort(([a], [b]) => sectionOrder(a, b));
	for (const [at, [section, members]] of sections.entries()) {
		const nodes = members.map(peer => `\t\t${nodeText(peer, numbers.get(peer)!)}`).join('');
		yield section === '' ? nodes : `\tsubgraph cluster_${at} {\n\t\tlabel=${dotText(section)};\n${nodes}\t}\n`;
	}
	const seen = new Set<Peer>();
	for (const {source, destination, cell} of openPairs(connections)) {
		for (const peer of [source, destination]) {
			if (peer.ranges === null || seen.has(peer)) continue;
			seen.add(peer);
			yield `\t${nodeText(peer, numbers.get(peer)!)}`;
		}
		const crosses = sectionOf(source) !== sectionOf(destination);
		const words = portWords(cell.open);
		yield `\tn${numbers.get(source)} -> n${numbers.get(destination)} [label=${dotText(words)}${crosses ? ', style=bold' : ''}];\n`;
	}
	yield '}\n';
}

function nodeText(peer: Peer, number: number): string {
	const label = `${peer.jewel ? `${marks.jewel} ` : ''}${peer.label}`;
	const shape = peer.jewel ? ', peripheries=2' : peer.outside ? ', style=dashed' : '';
	return `n${number} [label=${dotText(label)}${shape}];\n`;
}

/** A string of DOT: quotes are escaped, and backslashes too, which would make a label's line breaks. */
export const dotText = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
