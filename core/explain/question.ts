// What is asked: who, whom, by which port; from the words of a command line, as three or as one flow.

import {plainWord} from '../files/plain-word.ts';
import {parsePorts} from '../files/ports.ts';
import {serviceNames, vocabularyOf} from '../files/vocabulary.ts';
import {quote} from '../files/wording.ts';
import type {Flow} from '../model/flow.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import type {Family, Topology, Workload} from '../model/topology.ts';
import {type EndText, parseEnd} from './end-text.ts';

/** A protocol and port; 0 for icmp. */
export type AskedPort = Pick<Flow, 'protocol' | 'port'>;

export interface Question {
	readonly source: EndText;
	readonly destination: EndText;
	/** Null where only the one family is asked for. */
	readonly family: Family | null;
	/** As written; null: every service of the destination. */
	readonly portText: string | null;
	/** What the port means at a destination; null is an address that no workload owns. */
	portsAt(destination: Workload | null): readonly AskedPort[];
}

/** Arrows that reports print and people paste. */
const arrow = /\s*(?:->|→|▸)\s*/;

interface Words {
	readonly source: string;
	readonly destination: string;
	readonly port: string | null;
	readonly family: Family | null;
}

/** `wiki.dev db.prod 5432`, `wiki.dev db.prod:5432`, `wiki.dev db.prod` or `'wiki.dev -> db.prod:5432/tcp'`. */
export function parseQuestion(words: readonly string[], topology: Topology): Parsed<Question> {
	const split = splitWords(words);
	if (split === null)
		return one(
			'FLOW',
			`${quote(words.join(' '))} is not a flow`,
			"write SRC DST PORT, or 'web.prod -> db.prod:5432/tcp'",
		);
	const known = vocabularyOf(topology);
	const source = parseEnd('SRC', split.source, known);
	const destination = parseEnd('DST', split.destination, known);
	const problems: Problem[] = [source, destination].flatMap(end => (end.kind === 'wrong' ? end.problems : []));
	if (source.kind === 'wrong' || destination.kind === 'wrong') return {kind: 'wrong', problems};
	const meant = [...destination.end.workloads, ...destination.end.addresses.flatMap(({owner}) => owner ?? [])];
	const ports = readPort(split.port, split.destination, meant);
	if (ports.kind === 'wrong') return ports;
	const {family, port: portText} = split;
	return {
		kind: 'ok',
		value: {source: source.end, destination: destination.end, family, portText, portsAt: ports.value},
		warnings: [],
	};
}

function splitWords(words: readonly string[]): Words | null {
	const [, joined = '', pasted] = /^(.*?)(?:\s*\((?:IPv([46])|\d+ of \d+)\))?$/s.exec(words.join(' ').trim())!;
	const family = pasted === undefined ? null : (Number(pasted) as Family);
	if (arrow.test(joined)) {
		const [source = '', rest = '', ...more] = joined.split(arrow);
		if (source === '' || rest === '' || more.length > 0) return null;
		const [, spaced, port] = /^(.*\S)\s+(\S+)$/s.exec(rest) ?? [];
		if (spaced !== undefined && !/[,{]$/.test(spaced) && !/[}\]]$/.test(port!))
			return {source, destination: spaced, port: port!, family};
		return {source, ...withPort(rest), family};
	}
	const [source, destination, port] = words;
	if (source === undefined || destination === undefined || words.length > 3) return null;
	return port === undefined ? {source, ...withPort(destination), family} : {source, destination, port, family};
}

/** `db.prod:5432` in two; a bare IPv6 address has colons and no port. */
function withPort(text: string): Pick<Words, 'destination' | 'port'> {
	const [, name, port] = /^(\{.*\}|\[.*\]|[^:{]+):([^:}]+)$/s.exec(text) ?? [];
	return name === undefined ? {destination: text, port: null} : {destination: name, port: port!};
}

function readPort(text: string | null, name: string, meant: readonly Workload[]): Parsed<Question['portsAt']> {
	const ok = (portsAt: Question['portsAt']): Parsed<Question['portsAt']> => ({
		kind: 'ok',
		value: portsAt,
		warnings: [],
	});
	const services = serviceNames(meant);
	if (text === null) {
		if (services.length === 0) return one('PORT', `which port of ${plainWord(name)}?`, 'write one, such as 443/tcp');
		return ok(destination => servicesOf(destination, null));
	}
	const parsed = parsePorts(text);
	if (parsed.kind === 'wrong') return one('PORT', parsed.what, parsed.mend);
	if (parsed.kind === 'name') {
		if (services.includes(text)) return ok(destination => servicesOf(destination, text));
		const mend = services.length === 0 ? 'it has none; write a port, such as 443/tcp' : `it has ${services.join(', ')}`;
		return one('PORT', `${plainWord(name)} has no service named ${plainWord(text)}`, mend);
	}
	const {match} = parsed;
	if (match.kind === 'protocol' && match.protocol !== 'icmp')
		return one('PORT', `a flow has one port, and ${text} is all of them`, `write one, such as 443/${text}`);
	if (match.kind === 'range' && match.first !== match.last)
		return one('PORT', `a flow has one port, and ${text} is several`, 'write the one that matters');
	const port: AskedPort =
		match.kind === 'protocol' ? {protocol: 'icmp', port: 0} : {protocol: match.protocol, port: match.first};
	return ok(() => [port]);
}

/** Services of that name, or (null) all; of a range the first port. */
const servicesOf = (workload: Workload | null, name: string | null): readonly AskedPort[] =>
	(workload?.services ?? [])
		.filter(service => name === null || service.name === name)
		.map(({protocol, port}) => ({protocol, port}));

const one = (file: string, what: string, mend: string): Extract<Parsed<never>, {kind: 'wrong'}> => ({
	kind: 'wrong',
	problems: [{where: {file, line: 1, column: 1}, what, mend}],
});
