// Other people's cases (`shared/corpora` beside the checkout, where it is) and the grammar of their `expected.txt`.
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {type Imported, importManifests} from '../../core/kubernetes/import.ts';
import type {ManifestFile} from '../../core/kubernetes/manifests.ts';
import type {Parsed} from '../../core/model/problem.ts';
import {type Case, openCorpus} from '../conformance/corpus.ts';

export type {Case};

export const corpora = path.resolve(import.meta.dirname, '../../../shared/corpora');

/** Undefined where the corpora are not there. */
export const corporaMissing = existsSync(path.join(corpora, 'cases.json'))
	? undefined
	: 'shared/corpora is not beside the checkout';

/** All cases, or none where the corpora are not there. */
export const readCases = (): readonly Case[] => (corporaMissing === undefined ? openCorpus(corpora).cases : []);

const filesOf = (one: Case): readonly ManifestFile[] =>
	one.input.map(file => ({path: file, text: readFileSync(path.join(corpora, file), 'utf8')}));

/** Without the assumed name server, which no case knows of. */
export const importCase = (one: Case): Parsed<Imported> => importManifests(filesOf(one), {assumed: false});
export const importCaseAsUsersDo = (one: Case): Parsed<Imported> => importManifests(filesOf(one));
export const expectedOf = (one: Case): readonly Line[] =>
	parseExpected(readFileSync(path.join(corpora, one.expected), 'utf8'));

export type Transport = 'TCP' | 'UDP' | 'SCTP';
export const transports: readonly Transport[] = ['TCP', 'UDP', 'SCTP'];

export interface Interval {
	readonly protocol: Transport;
	readonly first: number;
	readonly last: number;
}

/** `SRC => DST : CONNS`, or with `asked` `SRC => DST : PROTO PORT : allow|deny`. */
export interface Line {
	readonly source: string;
	readonly destination: string;
	readonly open: readonly Interval[];
	readonly asked: Interval | null;
}

export function parseExpected(text: string): readonly Line[] {
	return text.split('\n').flatMap((line): readonly Line[] => {
		const match = /^(\S+) => (\S+) : ([^:]+?)(?: : (allow|deny))?$/.exec(line.replaceAll('[External]', '').trim());
		if (match === null) return [];
		const [, source, destination, connections, verdict] = match as unknown as [string, string, string, string, string?];
		const intervals = parseConnections(connections);
		if (verdict === undefined) return [{source, destination, open: intervals, asked: null}];
		return [{source, destination, open: verdict === 'allow' ? intervals : [], asked: intervals[0]!}];
	});
}

/** `TCP 1-79,81-65535,UDP 53`: a port without a protocol has the one before it. */
function parseConnections(text: string): readonly Interval[] {
	if (text === 'No Connections') return [];
	if (text === 'All Connections') return transports.map(protocol => ({protocol, first: 1, last: 65535}));
	let protocol: Transport = 'TCP';
	return text.split(',').map(part => {
		const words = part.trim().split(' ');
		if (words.length === 2) protocol = words[0] as Transport;
		const [first, last] = words.at(-1)!.split('-').map(Number);
		return {protocol, first: first!, last: last ?? first!};
	});
}

export const covers = (open: readonly Interval[], protocol: Transport, port: number): boolean =>
	open.some(one => one.protocol === protocol && one.first <= port && port <= one.last);

/** An address or a range of them, and not a workload. */
export const isRange = (peer: string): boolean => /^\d+\.\d+\.\d+\.\d+(-|$)/.test(peer);
export const toNumber = (address: string): number =>
	address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
export const toAddress = (number: number): string =>
	[24, 16, 8, 0].map(shift => Math.floor(number / 2 ** shift) % 256).join('.');
