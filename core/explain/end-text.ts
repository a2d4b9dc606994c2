// One end of a question as people write it: a workload, an address, a range, a label selector, or a list of names.
import ipaddr from 'ipaddr.js';
import {parseRange} from '../files/address-range.ts';
import {readDocument} from '../files/document.ts';
import {nearest} from '../files/nearest.ts';
import {plainWord} from '../files/plain-word.ts';
import {noSets} from '../files/reading.ts';
import {selectedWorkloads} from '../files/selected.ts';
import {readSelector} from '../files/selector.ts';
import {selectorSchema} from '../files/selector-schema.ts';
import {validate} from '../files/validate.ts';
import type {Vocabulary} from '../files/vocabulary.ts';
import {quote} from '../files/wording.ts';
import type {Problem} from '../model/problem.ts';
import type {Workload} from '../model/topology.ts';
import {covers, parseAddress, parseCidr} from '../policy/address.ts';

/** Who stands at one end. */
export interface EndText {
	/** As it was written. */
	readonly text: string;
	/** Whole workloads: every address of each. */
	readonly workloads: readonly Workload[];
	/** Single addresses, with the workload that owns each. */
	readonly addresses: readonly {readonly address: string; readonly owner: Workload | null}[];
	/** A range of which all addresses are meant that no workload owns; null for none. */
	readonly beyond: string | null;
}

export type EndReading =
	| {readonly kind: 'ok'; readonly end: EndText}
	| {readonly kind: 'wrong'; readonly problems: readonly Problem[]};

/** @param file - what problems are told with: `SRC`, `DST` */
export function parseEnd(file: string, written: string, known: Vocabulary): EndReading {
	const text = written.trim();
	const bare = text.replace(/^\[([^\]]*)\]$/, '$1');
	if (ipaddr.isValid(bare) && /[.:].*[.:]/.test(bare)) return byAddress(text, bare, known);
	if (/^[\d.]+\/\d|:[^/]*\/\d/.test(bare)) return byRange(file, text, bare, known);
	if (text.startsWith('{') || text.startsWith('[')) return bySelector(file, text, text, known);
	if (text.includes('=')) return byLabels(file, text, known);
	return byNames(file, text, known);
}

const ok = (text: string, end: Partial<EndText>): EndReading => ({
	kind: 'ok',
	end: {text, workloads: [], addresses: [], beyond: null, ...end},
});

const wrong = (file: string, what: string, mend: string): EndReading => ({
	kind: 'wrong',
	problems: [{where: {file, line: 1, column: 1}, what, mend}],
});

function byAddress(text: string, bare: string, {topology}: Vocabulary): EndReading {
	const address = ipaddr.parse(bare).toString();
	const owner = topology.workloads.find(({addresses}) => addresses.some(own => own.address === address)) ?? null;
	return ok(text, {addresses: [{address, owner}]});
}

/** The workloads' addresses inside, and all others of it. */
function byRange(file: string, text: string, bare: string, {topology}: Vocabulary): EndReading {
	const range = parseRange(bare);
	if (range.kind === 'wrong') return wrong(file, range.what, range.mend);
	const all = parseCidr(range.cidr);
	const addresses = topology.workloads.flatMap(owner =>
		owner.addresses.filter(({address}) => covers(all, parseAddress(address))).map(({address}) => ({address, owner})),
	);
	return ok(text, {addresses, beyond: range.cidr});
}

function byNames(file: string, text: string, {workloads}: Vocabulary): EndReading {
	const found = new Map<string, Workload>();
	for (const name of text.split(',').map(word => word.trim())) {
		const meant = workloads.get(name);
		if (meant === undefined) {
			const near = nearest(name, workloads.keys());
			const mend = near === undefined ? 'a workload, an address, or labels such as tier=web' : `did you mean ${near}?`;
			return wrong(file, `there is no workload ${plainWord(name)}`, mend);
		}
		for (const workload of meant) found.set(workload.name, workload);
	}
	return ok(text, {workloads: [...found.values()]});
}

/** `tier=web,env!=prod`, as a selector in a file would have it. */
function byLabels(file: string, text: string, known: Vocabulary): EndReading {
	const tests: Record<string, unknown> = {};
	for (const part of text.split(',')) {
		const [, key = '', not, value = ''] = /^\s*([^=!\s]+)\s*(!?)={1,2}\s*(.*?)\s*$/.exec(part) ?? [];
		if (key === '' || value === '' || Object.hasOwn(tests, key))
			return wrong(file, `${quote(text)} is not a list of labels`, 'labels are written tier=web,env!=prod');
		tests[key] = not === '!' ? {not: value} : value;
	}
	return bySelector(file, text, JSON.stringify(tests), known);
}

function bySelector(file: string, text: string, yaml: string, known: Vocabulary): EndReading {
	const document = readDocument(file, yaml);
	if (document.kind === 'wrong') return document;
	const input = validate(document.value, selectorSchema);
	if (input.kind === 'wrong') return input;
	const problems: Problem[] = [];
	const selector = readSelector({document: document.value, known, sets: noSets, problems}, input.value, []);
	if (problems.length > 0) return {kind: 'wrong', problems};
	const workloads = selectedWorkloads(selector, known.topology);
	return workloads.length === 0 ? wrong(file, `no workload is ${plainWord(text)}`, '') : ok(text, {workloads});
}
