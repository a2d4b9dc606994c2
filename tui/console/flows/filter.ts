// What the flows are filtered by: `deny to:db env:prod by:attack rule:default port:22 proto:udp !from:monitor`. Every
// word must hold.
import {didYouMean} from '../../../core/files/nearest.ts';
import {quote} from '../../../core/files/wording.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {workloadNamed} from '../world/workload-named.ts';
import type {Verdict} from '../world/world.ts';

export interface FilterProblem {
	readonly what: string;
	/** Empty where nothing is near. */
	readonly mend: string;
}

export interface Filter {
	readonly holds: (verdict: Verdict, topology: Topology) => boolean;
	/** Words that were left out, since nobody knows what they mean. */
	readonly problems: readonly FilterProblem[];
}

type Test = (verdict: Verdict, topology: Topology) => boolean;

const decisions: Readonly<Record<string, readonly Verdict['decision'][]>> = {
	allow: ['allow', 'would-allow'],
	deny: ['deny'],
	would: ['would-deny', 'would-allow'],
	'would-deny': ['would-deny'],
	'would-allow': ['would-allow'],
	closed: ['closed'],
	inconclusive: ['inconclusive'],
};
const senders = ['probe', 'attack', 'traffic'];
const protocols = ['tcp', 'udp', 'sctp', 'icmp'];

/** What may stand in a filter, for help: the word, and what it keeps. */
export const filterWords: readonly (readonly [word: string, keeps: string])[] = [
	['deny allow would closed', 'by verdict'],
	['from:web to:db any:db', 'part of a name, or how an address begins'],
	['env:prod', 'either end in that environment'],
	['port:22 proto:udp', 'by destination port and protocol'],
	['rule:default', 'part of the name of the rule that decided'],
	['by:attack', 'by who sent it: probe, attack, traffic'],
	['web', 'any of its words contains that'],
	['!to:db', 'not'],
];

const known = new Map<string, Filter>();

/** The filter that the words are; an empty one keeps everything. */
export function parseFilter(text: string): Filter {
	let filter = known.get(text);
	if (filter === undefined) {
		if (known.size > 50) known.clear();
		filter = parsed(text);
		known.set(text, filter);
	}
	return filter;
}

function parsed(text: string): Filter {
	const tests: Test[] = [];
	const problems: FilterProblem[] = [];
	for (const word of text.trim().split(/\s+/).filter(Boolean)) {
		const isNot = word.startsWith('!');
		const test = testOf(isNot ? word.slice(1) : word);
		if ('what' in test) problems.push(test);
		else tests.push(isNot ? (verdict, topology) => !test.holds(verdict, topology) : test.holds);
	}
	return {holds: (verdict, topology) => tests.every(test => test(verdict, topology)), problems};
}

function testOf(word: string): {readonly holds: Test} | FilterProblem {
	const colon = word.indexOf(':');
	const key = colon < 0 ? '' : word.slice(0, colon).toLowerCase();
	// An address of IPv6 has colons of its own.
	if (colon < 0 || (keys[key] === undefined && isAddress(word))) return bareWord(word);
	const value = word.slice(colon + 1).toLowerCase();
	const make = keys[key];
	if (make === undefined)
		return {what: `nothing is called ${quote(key)} here`, mend: didYouMean(key, Object.keys(keys))};
	return value === '' ? {what: `${key}: says nothing yet`, mend: `${key}:${examples[key]}`} : make(value);
}

/** A part of a name, or the beginning of an address: `db` is no part of 2001:db8::1. */
const isCalled = (end: string, value: string): boolean =>
	/:|^[\d.]+$/.test(end) ? end.startsWith(value) : end.toLowerCase().includes(value);

const isAddress = (word: string): boolean => /^[\da-f:.]+$/i.test(word) && word.split(':').length > 2;

function bareWord(word: string): {readonly holds: Test} | FilterProblem {
	const lower = word.toLowerCase();
	if (lower === '') return {what: '! says nothing yet', mend: '!to:db'};
	const kept = decisions[lower];
	if (kept !== undefined) return {holds: ({decision}) => kept.includes(decision)};
	return {
		holds: ({from, to, protocol, port, by, rule}) =>
			isCalled(from, lower) ||
			isCalled(to, lower) ||
			[`${port}/${protocol}`, by, rule?.name ?? ''].some(one => one.toLowerCase().includes(lower)),
	};
}

const examples: Readonly<Record<string, string>> = {
	...{
		from: 'web',
		to: 'db',
		any: 'db',
		env: 'prod',
		port: '22',
		proto: 'udp',
		rule: 'default',
		by: 'attack',
		is: 'deny',
	},
};

const keys: Readonly<Record<string, (value: string) => {readonly holds: Test} | FilterProblem>> = {
	from: value => ({holds: ({from}) => isCalled(from, value)}),
	to: value => ({holds: ({to}) => isCalled(to, value)}),
	any: value => ({holds: ({from, to}) => isCalled(from, value) || isCalled(to, value)}),
	env: value => ({
		holds: ({from, to}, topology) =>
			[from, to].some(end => workloadNamed(topology, end)?.environment?.toLowerCase() === value),
	}),
	port: value =>
		/^\d{1,5}$/.test(value)
			? {holds: ({port, protocol}) => port === Number(value) && protocol !== 'icmp'}
			: {what: `${quote(value)} is no port`, mend: 'a number: port:22'},
	proto: value => oneOf('protocol', value, protocols, ({protocol}) => protocol),
	by: value => oneOf('sender', value, senders, ({by}) => by),
	is: value => {
		const kept = decisions[value];
		if (kept === undefined)
			return {what: `${quote(value)} is no verdict`, mend: didYouMean(value, Object.keys(decisions))};
		return {holds: ({decision}) => kept.includes(decision)};
	},
	rule: value => ({
		holds: ({rule}) => rule !== null && (rule.name.toLowerCase().includes(value) || rule.id === value),
	}),
};

const oneOf = (
	what: string,
	value: string,
	all: readonly string[],
	of: (verdict: Verdict) => string,
): {readonly holds: Test} | FilterProblem =>
	all.includes(value)
		? {holds: verdict => of(verdict) === value}
		: {what: `${quote(value)} is no ${what}`, mend: didYouMean(value, all)};
