// An answer as a person reads it: the verdict, what the business and the kernel say of it, both ends, the way to change it.
import type {Answer, Group} from '../../../core/explain/answer.ts';
import {changeLines} from '../../../core/explain/change-lines.ts';
import {endsLines} from '../../../core/explain/ends-lines.ts';
import {asIfLines, askedText, groupText, neededLines, verdictLines} from '../../../core/explain/verdict-lines.ts';
import {kindsOf} from '../../../core/measure/kinds.ts';
import {count, type Page, plural, wrap} from '../../../core/text/lines.ts';
import type {Line} from '../../line.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import {cellKey, type World} from '../world/world.ts';
import {marks, unmarked, widestPage} from './marked.ts';

/** Answers that are explained in full; the others get a line each. */
const inFull = 3;

export function answerLines(answer: Answer, {world}: ConsoleState, {columns}: Box): readonly Line[] {
	const page: Page = {width: Math.min(columns, widestPage), paint: marks};
	const {head, blocks} = textOf(answer, world, page);
	return [
		...head,
		...blocks.flatMap(({group, above, below}) => [
			...above,
			...(below.length === 0 ? [] : measuredLines(group, world, page).map(unmarked)),
			...below,
		]),
	];
}

/** What the model says, which stays the same while packets are counted. */
interface Text {
	readonly columns: number;
	readonly head: readonly Line[];
	readonly blocks: readonly Block[];
}

interface Block {
	readonly group: Group;
	/** Up to what was measured, and behind it; nothing behind it where the group has only its line. */
	readonly above: readonly Line[];
	readonly below: readonly Line[];
}

const known = new WeakMap<Answer, Text>();

function textOf(answer: Answer, world: World, page: Page): Text {
	const found = known.get(answer);
	if (found?.columns === page.width) return found;
	const {groups, flows} = answer;
	const single = groups.length === 1;
	const blocks = groups.map((group, at): Block => {
		const title = single ? askedText(answer) : groupText(group, flows);
		const verdict = verdictLines(title, group.explanation, world.policy, page);
		const gap = at === 0 ? [] : [''];
		if (at >= inFull) return {group, above: [...gap, ...verdict].map(unmarked), below: []};
		const {asIf, chains} = groupLines(group, world, page);
		return {group, above: [...gap, ...verdict, ...asIf].map(unmarked), below: chains.map(unmarked)};
	});
	const head = single ? [] : [...wrap(summary(answer), page.width, 1, 1).map(line => page.paint('title', line)), ''];
	const text = {columns: page.width, head: head.map(unmarked), blocks};
	known.set(answer, text);
	return text;
}

function groupLines(
	group: Group,
	{policy, rehearsal: {topology}}: World,
	page: Page,
): {readonly asIf: readonly string[]; readonly chains: readonly string[]} {
	const {explanation} = group;
	return {
		asIf: [...asIfLines(explanation, policy, page), ...neededLines(explanation, topology, page)],
		chains: [
			'',
			...endsLines(explanation, {stack: policy.stack, all: false, more: ''}, page),
			'',
			...changeLines(group, {topology, stack: policy.stack}, page),
		],
	};
}

/** What packets said since this policy is in force; `!` where that is not what the model says. */
function measuredLines({explanation: {flow, verdict}}: Group, world: World, page: Page): readonly string[] {
	const {measured, hits, rehearsal} = world;
	const {of} = kindsOf(rehearsal.topology);
	const [from, to] = [of(flow.source.workload), of(flow.destination.workload)];
	const outcome = from === null || to === null ? undefined : measured.get(cellKey(from, to, flow.protocol, flow.port));
	const differs = verdict.action === 'deny' ? outcome === 'open' || outcome === 'closed' : outcome === 'denied';
	const met = hits.get(verdict.rule.id);
	const says = [
		outcome === undefined
			? 'not probed'
			: `probed: ${outcomeTexts[outcome]}${differs ? ', which is not what the model says' : ''}`,
		...(met === undefined ? [] : [`${plural(met.count, 'packet')} met this rule`]),
	];
	return wrap(`${differs ? '! ' : ''}${says.join('; ')}`, page.width, 2, 4).map(line =>
		page.paint(differs ? 'bad' : 'dim', line),
	);
}

const outcomeTexts = {
	open: 'it got through',
	closed: 'it got through, and nothing listens',
	denied: 'a rule denied it',
	mixed: 'replicas differ',
	inconclusive: 'inconclusive',
} as const;

function summary({groups, flows}: Answer): string {
	const denied = groups
		.filter(({explanation}) => explanation.verdict.action === 'deny')
		.reduce((sum, group) => sum + group.flows, 0);
	const verdict =
		denied === 0 ? 'all ALLOWED' : denied === flows ? 'all DENIED' : `${count(denied)} of ${count(flows)} flows DENIED`;
	return `${verdict}, for ${groups.length} different reasons`;
}
