// The answer for people: the verdict in the first line, then why, then what would change it.
import type {Answer, Group} from '../../core/explain/answer.ts';
import {changeLines} from '../../core/explain/change-lines.ts';
import {endsLines} from '../../core/explain/ends-lines.ts';
import {
	asIfLines,
	askedText,
	groupText,
	membersText,
	neededLines,
	verdictLines,
} from '../../core/explain/verdict-lines.ts';
import type {Candidate} from '../../core/model/rehearsal.ts';
import type {Topology} from '../../core/model/topology.ts';
import {count, oneLine, type Page, wrap} from '../report/lines.ts';
import {candidateLines, candidatesHead} from './candidate-lines.ts';

/** One candidate's answer. */
export interface Explained {
	readonly candidate: Candidate;
	readonly answer: Answer;
}

/** Answers that are explained in full; the others get a line each. */
const inFull = 3;

/** One candidate in full, or several in a line each; ends in a newline. */
export function renderExplanation(
	topology: Topology,
	explained: readonly Explained[],
	{all, page}: {readonly all: boolean; readonly page: Page},
): string {
	const [only, ...others] = explained;
	const lines =
		others.length === 0
			? fullLines(topology, only!, all, page)
			: [...candidatesHead(explained, page), ...explained.flatMap(one => candidateLines(one, explained, page))];
	return `${lines.join('\n')}\n`;
}

function fullLines(topology: Topology, {candidate, answer}: Explained, all: boolean, page: Page): readonly string[] {
	const {groups, flows} = answer;
	const world = {topology, stack: candidate.stack};
	const single = groups.length === 1;
	const blocks = groups.slice(0, all ? groups.length : inFull).map(group => {
		const {explanation} = group;
		return [
			...verdictLines(single ? askedText(answer) : groupText(group, flows), explanation, candidate, page),
			...(single && flows > 2 ? sharedLines(group, page) : []),
			...asIfLines(explanation, candidate, page),
			...neededLines(explanation, topology, page),
			'',
			...endsLines(explanation, {stack: candidate.stack, all, more: ' (--all shows each)'}, page),
			'',
			...changeLines(group, world, page),
		];
	});
	const rest = groups.slice(blocks.length);
	return [
		...(single ? [] : [...summaryLines(answer, page), '']),
		...blocks.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines])),
		...rest.flatMap(group => ['', ...verdictLines(groupText(group, flows), group.explanation, candidate, page)]),
		...(rest.length > 0 ? ['', page.paint('dim', `  (--all explains the last ${rest.length} in full)`)] : []),
	];
}

/** That one answer stands for several flows. */
function sharedLines(group: Group, page: Page): readonly string[] {
	const {members, flows} = group;
	const whose = members.length === 1 ? 'of every replica and address' : membersText(group);
	return wrap(`the same for all ${count(flows)} flows, ${oneLine(whose)}`, page.width).map(line =>
		page.paint('dim', line),
	);
}

function summaryLines(answer: Answer, page: Page): readonly string[] {
	const of = (action: 'allow' | 'deny'): number =>
		answer.groups
			.filter(({explanation}) => explanation.verdict.action === action)
			.reduce((sum, {flows}) => sum + flows, 0);
	const [allowed, denied] = [of('allow'), of('deny')];
	const verdict =
		denied === 0
			? `all ${count(allowed)} ALLOWED`
			: allowed === 0
				? `all ${count(denied)} DENIED`
				: `${count(allowed)} of ${count(answer.flows)} ALLOWED, ${count(denied)} DENIED`;
	return wrap(`${oneLine(askedText(answer))}   ${verdict}, for ${answer.groups.length} different reasons`, page.width);
}
