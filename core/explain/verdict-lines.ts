// What is asked and what the verdict is, in the lines that stand above everything else.

import {placeText} from '../measure/rule-text.ts';
import type {Candidate} from '../model/rehearsal.ts';
import type {Topology} from '../model/topology.ts';
import {count, oneLine, type Page, spread, widthOf} from '../text/lines.ts';
import type {Answer, Group} from './answer.ts';
import type {Explanation} from './explain.ts';
import {placeOfRule} from './rule-lines.ts';
import {neededBy} from './side-effects.ts';
import {byRule} from './titles.ts';
import {flowPort} from './words.ts';

/** Flows of a group that are named. */
const named = 4;

/** `wiki.dev ▸ db.prod:5432/tcp   DENIED by guardrail "…"      file:8`; the verdict comes first where names are long. */
export function verdictLines(
	title: string,
	explanation: Explanation,
	{stack}: Pick<Candidate, 'stack'>,
	page: Page,
): readonly string[] {
	const {verdict, egress, ingress} = explanation;
	const word = verdict.action === 'allow' ? 'ALLOWED' : 'DENIED';
	const nobody = egress.unjudged !== null && ingress.unjudged !== null;
	const by = oneLine(nobody ? ': nobody judges it' : byRule(stack, verdict.rule));
	const flow = oneLine(title);
	const fits = widthOf(`  ${flow}   ${word}:`) <= page.width;
	const lines = spread(fits ? `${flow}   ${word}${by}` : `${word} ${flow}${by}`, placeOfRule(verdict.rule), page);
	const style = verdict.action === 'allow' ? 'good' : 'bad';
	return lines.map((line, at) => (at === 0 ? line.replace(` ${word}`, ` ${page.paint(style, word)}`) : line));
}

/** What would be, were nothing observing alone; nothing where that is the same. */
export function asIfLines(
	{verdict: {action, asIf}}: Explanation,
	{stack}: Pick<Candidate, 'stack'>,
	page: Page,
): readonly string[] {
	if (asIf.action === action) return [];
	const word = asIf.action === 'deny' ? 'would-deny' : 'would-allow';
	const text = `${word}: were all of it enforced${oneLine(byRule(stack, asIf.rule))}`;
	return spread(text, placeOfRule(asIf.rule), page, 4).map(line => line.replace(word, page.paint('warn', word)));
}

/** That the business needs the flow: a deny of it is breakage. */
export function neededLines({flow, verdict}: Explanation, topology: Topology, page: Page): readonly string[] {
	const need = neededBy(topology, flow);
	if (need === undefined) return [];
	const {source, vital, where} = need;
	const words = `${source === 'declared' ? '' : `${source} `}dependency${vital ? ', vital' : ''}`;
	const text = `${need.from} needs it: ${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}${verdict.action === 'deny' ? ' that this breaks' : ''}`;
	const lines = spread(oneLine(text), oneLine(placeText(where)), page, 2);
	return verdict.action === 'deny' ? [page.paint('warn', lines[0]!), ...lines.slice(1)] : lines;
}

/** As it was asked, with the port as a number where all flows have the same. */
export function askedText({question, groups}: Answer): string {
	const ports = new Set(groups.flatMap(({members}) => members.map(({port}) => flowPort(port))));
	const ends = `${question.source.text} ▸ ${question.destination.text}`;
	if (question.portText === null && ports.size > 1) return `${ends}, ${ports.size} ports`;
	return `${ends}:${ports.size === 1 ? [...ports][0] : question.portText}`;
}

/** `3 of 9: web.prod ▸ db.prod:5432/tcp, … and 2 more`. */
export const groupText = (group: Group, flows: number): string =>
	`${count(group.flows)} of ${count(flows)}: ${membersText(group)}`;

/** The flows of a group, the first of them by name. */
export const membersText = (group: Group): string =>
	`${memberTexts(group).slice(0, named).join(', ')}${
		group.members.length > named ? ` and ${count(group.members.length - named)} more` : ''
	}`;

const memberTexts = ({members, explanation}: Group): readonly string[] => {
	const family = explanation.flow.family === 6 ? ' (IPv6)' : '';
	return members.map(
		({source, destination, port}) =>
			`${source} ▸ ${destination}:${flowPort(port)}${members.length === 1 ? family : ''}`,
	);
};
