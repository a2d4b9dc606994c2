// Open pairs for a spreadsheet, a line each. Source of the form: RFC 4180, with plain newlines.
import type {Cell} from '../../core/reach/connections.ts';
import type {Peer} from '../../core/reach/connections-peers.ts';
import {prefixText} from '../../core/reach/connections-ranges.ts';
import {openPairs} from '../../core/reach/connections-rows.ts';
import {oneLine} from '../report/lines.ts';
import {sectionOf} from './grid.ts';
import type {MatrixSubject} from './matrix-subject.ts';
import {portTexts} from './port-words.ts';

const heads = ['source', 'source section', 'destination', 'destination section', 'ports', 'ipv4', 'ipv6', 'replicas'];

/** Ports as in a policy's `on:`, parted by spaces; `ipv4` and `ipv6` are filled where they differ; replicas `all` or `some`. */
export function* renderCsv({connections}: MatrixSubject): Generator<string> {
	yield `${heads.join()}\n`;
	const texts = new Map<Cell, string>();
	for (const {source, destination, cell} of openPairs(connections)) {
		const text = texts.get(cell) ?? portFields(cell).map(csvField).join();
		texts.set(cell, text);
		yield `${[...endFields(source), ...endFields(destination)].map(csvField).join()},${text}\n`;
	}
}

const endFields = (peer: Peer): readonly string[] => [
	peer.ranges === null ? oneLine(peer.name) : peer.ranges.map(prefixText).join(' '),
	oneLine(sectionOf(peer)),
];

const portFields = ({open, byFamily, everywhere}: Cell): readonly string[] => [
	portTexts(open).join(' '),
	byFamily === null ? '' : portTexts(byFamily[4]).join(' ') || 'none',
	byFamily === null ? '' : portTexts(byFamily[6]).join(' ') || 'none',
	everywhere ? 'all' : 'some',
];

/** Quoted where it must be; an apostrophe keeps a spreadsheet from taking a name for a formula. */
export function csvField(text: string): string {
	const tame = /^[=+\-@]/.test(text) ? `'${text}` : text;
	return /[",]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
