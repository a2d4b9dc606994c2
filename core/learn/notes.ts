// What the head of a learned policy says: what it allows beyond what was seen, and what was not seen at all.
import {dependencyText} from '../measure/dependency-text.ts';
import {portText} from '../measure/kinds.ts';
import type {FurtherPair} from './alike-pairs.ts';
import {type NeededPairs, portWords} from './needed-pairs.ts';
import type {Unseen} from './unseen.ts';

export function learnedNotes(
	{left, ranges}: NeededPairs,
	further: readonly FurtherPair[],
	{ends, services}: Unseen,
): readonly string[] {
	return [
		...noteSection(
			`generalised: workloads with the same labels were taken as one; ${count(further.length, 'pair')} allowed and not seen:`,
			furtherLines(further),
		),
		...noteSection(
			'generalised: a range is allowed whole:',
			ranges.map(({kind, service}) => `${kind}: ${service.name} (${portText(service)})`),
		),
		...noteSection(
			`not seen: ${count(ends.length, 'workload')} without any flow, which may use nothing and be used by nobody:`,
			ends.map(({kind}) => kind),
		),
		...noteSection(
			`not seen: ${count(services.length, 'service')} without a caller, closed to everyone:`,
			services.map(({end, service}) => `${end.kind}: ${service.name} (${portText(service)})`),
		),
		...noteSection('left out, for an end is not there or both are outside:', left.map(dependencyText)),
	];
}

/** Every pair is told: `web02.prod -> db01.prod, db02.prod: postgres (5432/tcp)`. */
const furtherLines = (further: readonly FurtherPair[]): readonly string[] =>
	[...Map.groupBy(further, ({from, to, port}) => `${from.kind} ${portWords(port, to)}`).values()].map(group => {
		const {from, to, port} = group[0]!;
		return `${from.kind} -> ${group.map(one => one.to.kind).join(', ')}: ${portWords(port, to)}`;
	});

export const noteSection = (title: string, lines: readonly string[]): readonly string[] =>
	lines.length === 0 ? [] : [title, ...wrapped(lines)];

/** As many on a line as fit into 110 columns, set in by two. */
function wrapped(words: readonly string[]): readonly string[] {
	const lines: string[] = [];
	for (const word of words) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + word.length < 106) lines[lines.length - 1] = `${last}; ${word}`;
		else lines.push(`  ${word}`);
	}
	return lines;
}

const count = (many: number, one: string): string => `${many} ${one}${many === 1 ? '' : 's'}`;
