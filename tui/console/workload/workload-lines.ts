// All that is known of the chosen workload, the most urgent first: what became of it, what it needs, what rules it obeys.
import {type Line, shown, span} from '../../line.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import {fallLines, stateWords} from './fall-lines.ts';
import {needLines} from './need-lines.ts';
import {propertyLines} from './property-lines.ts';
import {ruleInForceLines} from './rule-in-force-lines.ts';
import {subjectOf} from './subject.ts';
import {verdictLines} from './verdict-lines.ts';

/** One part of the pane: its title stands before its first line. */
export interface Part {
	readonly title: string;
	readonly lines: readonly Line[];
}

const titleWidth = 11;

export function workloadLines(state: ConsoleState, box: Box): readonly Line[] {
	const subject = subjectOf(state);
	if (subject === null)
		return [
			[span(state.chosen === null ? 'no workload is chosen' : `there is no workload ${shown(state.chosen)}`, 'strong')],
			[span('the arrows choose one on the map, and so does :choose NAME', 'dim')],
		];
	const inner: Box = {...box, columns: Math.max(0, box.columns - titleWidth - 2)};
	const parts: readonly Part[] = [
		...fallLines(state, subject, inner),
		...propertyLines(state, subject, inner),
		...needLines(state, subject, inner),
		...ruleInForceLines(state, subject),
		...verdictLines(state, subject, inner),
	];
	const count = subject.members.length;
	return [
		[
			span(shown(subject.name), 'strong'),
			...(count > 1 ? [span(` ${count} workloads`, 'dim')] : []),
			...stateWords(state, subject),
		],
		...parts.flatMap(({title, lines}) =>
			lines.map((line, at): Line => [span(`  ${(at === 0 ? title : '').padEnd(titleWidth)}`, 'dim'), ...line]),
		),
	];
}
