// `dependencies:`, what everyone needs of one or one of everyone, as dependencies between kinds.
import type {Selector} from '../model/policy.ts';
import type {Dependency, Service, Topology} from '../model/topology.ts';
import {didYouMean} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {parsePorts} from './ports.ts';
import {noSets, type Reading} from './reading.ts';
import {selectedWorkloads} from './selected.ts';
import {readSelector} from './selector.ts';
import {complain, type Declared, type Draft} from './topology-declarations.ts';
import {servicesFor} from './topology-needs.ts';
import type {DependencyInput} from './topology-schema.ts';
import type {Vocabulary} from './vocabulary.ts';

/** A kind as an end of dependencies. */
export interface End {
	readonly kind: string;
	readonly services: readonly Service[];
}

/** Every pair of kinds that the section means; a kind never needs itself. */
export function resolveDependencies(draft: Draft, known: Vocabulary): readonly Dependency[] {
	return draft.dependencies.flatMap(declared => resolveOne(draft, known, declared));
}

function resolveOne(draft: Draft, known: Vocabulary, declared: Declared<DependencyInput>): readonly Dependency[] {
	const {input, document, path} = declared;
	const reading = readingOf(draft, known, document);
	if (input.from === undefined && input.to === undefined) {
		complain(
			draft,
			{document, path},
			'a dependency of everyone on everyone',
			'say from (who needs it) or to (of whom)',
		);
		return [];
	}
	const from = endsOf(readSelector(reading, input.from, [...path, 'from']), known.topology);
	const to = endsOf(readSelector(reading, input.to, [...path, 'to']), known.topology);
	const where = document.place([...path, 'need']);
	return input.on.flatMap((word, index) => {
		const far = to.flatMap(end => servicesFor(end.services, word).map(service => ({kind: end.kind, service})));
		if (far.length === 0 && to.length > 0) {
			const at = {document, path: [...path, 'on', index]};
			const names = new Set(to.flatMap(({services}) => services.map(({name}) => name)));
			const wrong = parsePorts(word);
			if (wrong.kind === 'wrong') complain(draft, at, wrong.what, wrong.mend);
			else if (!draft.lost.has(String(word)))
				complain(draft, at, `nobody there has a service ${plainWord(String(word))}`, didYouMean(String(word), names));
		}
		return far.flatMap(({kind, service: {protocol, port, name}}) =>
			from
				.filter(end => end.kind !== kind)
				.map(end => ({
					from: end.kind,
					to: kind,
					protocol,
					port,
					service: name,
					dangling: false,
					vital: input.vital,
					source: 'declared' as const,
					where,
				})),
		);
	});
}

/** What the readers of selectors want to know. In a topology nothing is defined. */
export const readingOf = (draft: Draft, known: Vocabulary, document: Reading['document']): Reading => ({
	document,
	known,
	sets: noSets,
	problems: draft.problems,
});

function endsOf(selector: Selector, topology: Topology): readonly End[] {
	const ends = new Map<string, End>();
	for (const {kind, services} of selectedWorkloads(selector, topology))
		if (!ends.has(kind)) ends.set(kind, {kind, services});
	return [...ends.values()];
}

/** Each (from, to, protocol, port) once, at the place that names it first; vital where any says so. Sorted. */
export function uniqueDependencies(all: readonly Dependency[]): readonly Dependency[] {
	const unique = new Map<string, Dependency>();
	for (const one of all) {
		const key = `${one.from} ${one.to} ${one.protocol} ${one.port}`;
		const known = unique.get(key);
		if (known === undefined) unique.set(key, one);
		else if (one.vital && !known.vital) unique.set(key, {...known, vital: true});
	}
	const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
	return [...unique.values()].sort(
		(a, b) => order(a.from, b.from) || order(a.to, b.to) || a.port - b.port || order(a.protocol, b.protocol),
	);
}
