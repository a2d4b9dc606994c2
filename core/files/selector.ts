// A selector as a file has it, to the terms that evaluator and compiler read; every name in it is looked up on the way.
import type {Requirement, Selector, Term} from '../model/policy.ts';
import {covers, parseCidr} from '../policy/address.ts';
import {parseRange} from './address-range.ts';
import {readLabel} from './label-test.ts';
import {plainWord} from './plain-word.ts';
import {type Path, type Reading, report} from './reading.ts';
import type {SelectorInput, TermInput, TestInput} from './selector-schema.ts';
import {suggestNear} from './suggest.ts';
import {type WrittenTest, writtenTest} from './written-test.ts';

/** Keys of a selector that are not labels. */
export const selectorWords: readonly string[] = ['workload', 'network', 'cidr', 'except', 'outside', 'is'];

/**
 * The selector at `path`; what it names and the topology lacks goes into `reading.problems`. Left out, it is `{}`.
 * A term with a `cidr` reaches every address, one with `outside: true` only outside hosts, one that names an outside
 * host that host too, one with `is` what the defined terms reach, and every other only workloads.
 */
export function readSelector(reading: Reading, input: SelectorInput | undefined, path: Path): Selector {
	if (input === undefined) return [{reach: 'workloads', requirements: [], where: reading.document.place(path)}];
	return Array.isArray(input)
		? input.map((term, index) => readTerm(reading, term, [...path, index]))
		: [readTerm(reading, input, path)];
}

function readTerm(reading: Reading, input: TermInput, path: Path): Term {
	const requirements: Requirement[] = [];
	let reach: Term['reach'] = input.outside === true ? 'outside' : 'workloads';
	const widen = (): void => void (reach === 'workloads' && (reach = 'anything'));
	const {workload, network, cidr, except, outside: _, is, ...labels} = input;
	if (workload !== undefined) {
		const found = readNames(reading, {kind: 'workload', input: workload, path: [...path, 'workload']});
		requirements.push(found);
		if (found.wanted && found.names.some(name => isOutside(reading, name))) widen();
	}
	if (network !== undefined)
		requirements.push(readNames(reading, {kind: 'network', input: network, path: [...path, 'network']}));
	if (cidr !== undefined) {
		requirements.push(readRanges(reading, {cidr, except}, path));
		widen();
	} else if (except !== undefined)
		report(reading, {path: [...path, 'except'], part: 'key'}, {what: 'except stands without a cidr', mend: 'add cidr'});
	if (is !== undefined) {
		const selector = readDefined(reading, is, [...path, 'is']);
		requirements.push({kind: 'is', name: is, selector});
		if (selector.some(term => term.reach !== 'workloads')) widen();
	}
	for (const [key, test] of Object.entries(labels))
		if (test !== undefined) requirements.push(readLabel(reading, {key, test, reach}, [...path, key]));
	return {reach, requirements, where: reading.document.place(path)};
}

type Named = {kind: 'workload' | 'network'; names: string[]; wanted: boolean};

function readNames(reading: Reading, {kind, input, path}: {kind: Named['kind']; input: TestInput; path: Path}): Named {
	const {known} = reading;
	const all = kind === 'workload' ? known.workloads : known.networks;
	const {values, wanted}: WrittenTest = writtenTest(input, path);
	for (const {text, path: at} of values) {
		if (all.has(text)) continue;
		const mend =
			text === '*' ? 'a star stands for the values of a label; leave the key out' : suggestNear(reading, text, all);
		report(reading, {path: at}, {what: `there is no ${kind} ${plainWord(text)}`, mend});
	}
	return {kind, names: values.map(({text}) => text), wanted};
}

const isOutside = ({known}: Reading, name: string): boolean =>
	known.workloads.get(name)?.some(workload => workload.outside) === true;

function readRanges(
	reading: Reading,
	{cidr, except}: Pick<TermInput, 'cidr' | 'except'>,
	path: Path,
): Extract<Requirement, {kind: 'cidr'}> {
	const read = (key: 'cidr' | 'except', input: string | readonly string[] | undefined): string[] =>
		[input ?? []].flat().flatMap((text, index) => {
			const at = {path: [...path, key, ...(Array.isArray(input) ? [index] : [])]};
			const range = parseRange(text);
			if (range.kind === 'wrong') report(reading, at, range);
			else if (key === 'except' && !cidrs.some(outer => covers(parseCidr(outer), parseCidr(range.cidr))))
				report(reading, at, {what: `${range.cidr} lies in no range of cidr`, mend: 'except takes a part of them away'});
			else return [range.cidr];
			return [];
		});
	const cidrs: readonly string[] = read('cidr', cidr);
	return {kind: 'cidr', cidrs, except: cidrs.length === 0 ? [] : read('except', except)};
}

function readDefined(reading: Reading, name: string, path: Path): Selector {
	const {sets} = reading;
	const selector = sets.selector(name);
	if (selector !== undefined) return selector;
	if (sets.names.ports.includes(name))
		report(reading, {path}, {what: `${plainWord(name)} is defined as ports`, mend: 'it belongs under on'});
	else if (sets.complete && !sets.names.selectors.includes(name))
		report(
			reading,
			{path},
			{what: `nothing is defined as ${plainWord(name)}`, mend: suggestNear(reading, name, sets.names.selectors)},
		);
	return [];
}
