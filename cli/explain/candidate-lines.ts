// Several candidates: what each says, in a line, so that they can be compared.

import {placeOfRule} from '../../core/explain/rule-lines.ts';
import {byRule} from '../../core/explain/titles.ts';
import {askedText} from '../../core/explain/verdict-lines.ts';
import {count, listed, oneLine, type Page, padEnd, plural, spread, widthOf, wrap} from '../report/lines.ts';
import type {Explained} from './text.ts';

/** Answers of a candidate that get a line. */
const shown = 3;

/** What is asked, and whether the candidates agree. */
export function candidatesHead(explained: readonly Explained[], page: Page): readonly string[] {
	const says = ({answer}: Explained): string => {
		const actions = new Set(answer.groups.map(({explanation}) => explanation.verdict.action));
		return actions.size > 1 ? 'partly ALLOWED in' : actions.has('allow') ? 'ALLOWED in' : 'DENIED in';
	};
	const groups = [...Map.groupBy(explained, says)];
	const verdicts = groups.map(([word, list]) =>
		groups.length === 1 ? `${word} all ${list.length} candidates` : `${word} ${listed(list.map(nameOf))}`,
	);
	return [...wrap(`${oneLine(askedText(explained[0]!.answer))}   ${verdicts.join(', ')}`, page.width), ''];
}

const nameOf = ({candidate}: Explained): string => oneLine(candidate.name);

/** One candidate's answers, and after the last one how to see more. */
export function candidateLines(one: Explained, explained: readonly Explained[], page: Page): readonly string[] {
	const column = Math.min(24, Math.max(...explained.map(each => widthOf(nameOf(each)))));
	const {candidate, answer} = one;
	const told = answer.groups.slice(0, shown).flatMap((group, at) => {
		const {verdict} = group.explanation;
		const part = answer.groups.length === 1 ? '' : `${count(group.flows)} of ${count(answer.flows)} `;
		const word = verdict.action === 'allow' ? 'ALLOWED' : 'DENIED';
		const text = `${padEnd(at === 0 ? nameOf(one) : '', column)}   ${part}${word}${byRule(candidate.stack, verdict.rule)}`;
		return spread(oneLine(text), placeOfRule(verdict.rule), page, 4);
	});
	const rest = answer.groups.length - shown;
	const lines = rest > 0 ? [...told, page.paint('dim', `      and ${plural(rest, 'other answer')}`)] : told;
	const last = one === explained.at(-1);
	const hint = `the whole chain, and what would change it: --candidate ${nameOf(explained[0]!)}`;
	return last ? [...lines, '', page.paint('dim', `  ${hint}`)] : lines;
}
