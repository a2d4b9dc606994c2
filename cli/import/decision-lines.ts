// What an import leaves open, for whoever runs it: some of each kind, under what there is to do about them.
import {decisionFile, decisionGroups} from '../../core/inventory/decision-groups.ts';
import {type Problem, renderProblem} from '../../core/model/problem.ts';
import {count, oneLine, type Page, wrap} from '../report/lines.ts';

const most = 4;

/** @param wrapAt - columns; null leaves lines as long as they are, for programs */
export function decisionLines(decisions: readonly Problem[], {paint}: Page, wrapAt: number | null): readonly string[] {
	if (decisions.length === 0) return [];
	const lines = (text: string, indent: number): readonly string[] =>
		wrapAt === null ? [' '.repeat(indent) + text] : wrap(text, wrapAt, indent);
	const groups = decisionGroups(decisions, most).flatMap(({mend, shown, more}) => [
		...lines(mend === '' ? 'what to do is open' : oneLine(mend), 2).map(line => paint('title', line)),
		...shown.flatMap(one => lines(oneLine(renderProblem({...one, mend: ''})), 4)),
		...(more === 0 ? [] : lines(`… and ${count(more)} more`, 4)),
	]);
	return [`${count(decisions.length)} to decide; ${decisionFile} has all`, ...groups];
}
