// Why a flow is allowed or denied, and what would change that: the words of `firebreak explain`, beside what was measured.
import {type Line, shown, span} from '../../line.ts';
import {answerLines} from '../explain/answer-lines.ts';
import {answered} from '../explain/answered.ts';
import {type Asked, asked} from '../explain/asked.ts';
import {wordsLines} from '../explain/words-lines.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import {scrolled} from './scrolled.ts';

export function explainView(state: ConsoleState, box: Box): readonly Line[] {
	if (box.rows <= 0 || box.columns <= 0) return [];
	return scrolled(linesOf(state, box), box, state.scrolls.explain);
}

function linesOf(state: ConsoleState, box: Box): readonly Line[] {
	const question = asked(state);
	if (question === null)
		return wordsLines(
			[
				{text: 'nothing was denied so far', look: 'strong'},
				{
					text: 'What a rule denies is explained here, the last of it first. Any flow can be asked for: choose a cell of the matrix, or name two workloads and a port.',
					look: 'dim',
				},
			],
			box,
		);
	const {topology} = state.world.rehearsal;
	const {stack, placement} = state.world.policy;
	const found = answered({topology, stack, placement}, question.words);
	const head = wordsLines([{text: originText(question, state), look: 'dim'}], box);
	if (found.kind === 'wrong') {
		const [from, to, port] = question.words.map(shown);
		return [
			...head,
			[span(' '), span('?', 'warn'), span(` ${from} ▸ ${to}:${port}`, 'strong')],
			...found.problems.flatMap(({what, mend}) =>
				wordsLines([{text: mend === '' ? what : `${what}: ${mend}`, look: 'plain'}], box),
			),
			...wordsLines(
				[
					{
						text: 'ends are workloads (db.prod), addresses, or labels (tier=web); a port is 5432, 53/udp, icmp or a service’s name',
						look: 'dim',
					},
				],
				box,
			),
		];
	}
	return [...head, ...answerLines(found.value, state, box)];
}

/** Where the question comes from, and under which policy it is answered. */
function originText({denial}: Asked, {world: {policy, clockMs}}: ConsoleState): string {
	const under = policy.observed ? `with ${shown(policy.name)} observing` : `under ${shown(policy.name)}`;
	if (denial === null) return `asked, ${under}`;
	const before = denial.atMs < policy.sinceMs ? ', of the policy before this one' : '';
	return `the last denial${before}, ${ago(clockMs - denial.atMs)} ago, met by ${metBy[denial.by]}; ${under}`;
}

const metBy = {probe: 'a probe', attack: 'the attacker', traffic: 'a program'} as const;

function ago(ms: number): string {
	const seconds = Math.max(0, ms) / 1000;
	if (!Number.isFinite(seconds)) return 'some time';
	return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min`;
}
