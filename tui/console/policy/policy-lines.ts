// The policy in force as it was written, each rule with how often it decided.
import {type Line, type Look, shown, span} from '../../line.ts';
import {ago} from '../ago.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import type {World} from '../world/world.ts';
import {draftLines} from './draft-lines.ts';
import {type RuleLine, ruleLines} from './rule-lines.ts';

/** How long the rule that decided last is lit. */
const litMs = 1000;

/** How many lines the pane has. */
export const policyLength = (state: ConsoleState, box: Box): number =>
	draftLines(state, box).length + 1 + ruleLines(state.world).length;

/** The lines of the pane that the box has room for, from that one on. */
export function policyLines(state: ConsoleState, box: Box, start: number): readonly Line[] {
	const rows = Math.max(0, box.rows);
	const above = [...draftLines(state, box), headLine(state.world)];
	const first = Math.max(0, start - above.length);
	const rest = ruleLines(state.world).slice(first, first + rows);
	return [...above.slice(start), ...rest.map(line => drawn(line, state))].slice(0, rows);
}

/** The line of the rule that decided last; null where no rule of the stack did. */
export function litAt(state: ConsoleState, box: Box): number | null {
	const {world} = state;
	if (world.lastRule === null) return null;
	const at = ruleLines(world).findIndex(({rules}) => rules.includes(world.lastRule!));
	return at < 0 ? null : at + draftLines(state, box).length + 1;
}

function headLine({policy, hits, rehearsal, clockMs}: World): Line {
	const name = shown(policy.name);
	if (policy.stack.length === 0)
		return [span(name, 'strong'), span(': no policy is in force, everything may talk', 'warn')];
	const written = [...policy.rules.values()].filter(({tier}) => tier !== 'none');
	const decided = written.filter(({id}) => hits.has(id)).length;
	const all = written.length;
	const from = rehearsal.candidates.some(one => one.name === policy.name) ? '' : ', of a file';
	return [
		span(name, 'strong'),
		policy.observed ? span(' observes, and denies nothing', 'warn') : span(' is in force'),
		span(
			`${from} for ${ago(clockMs - policy.sinceMs).replace('now', '0 s')} · ${decided} of ${all} rules decided something`,
			'dim',
		),
	];
}

const hitsWidth = 6;
const lastWidth = 7;
const numberWidth = 4;
const gutter = hitsWidth + lastWidth + numberWidth;

function drawn(line: RuleLine, {world, ascii}: ConsoleState): Line {
	const text = shown(line.text === '' ? ' ' : line.text);
	switch (line.kind) {
		case 'file':
			return [
				span(`${'hits'.padStart(hitsWidth)}${'last'.padStart(lastWidth)}${' '.repeat(numberWidth)}  `, 'dim'),
				span(text, 'accent'),
			];
		case 'title':
			return [span(' '.repeat(gutter + 2)), span(text)];
		case 'line':
		case 'end': {
			const {count, lastMs} = hitsOf(world, line.rules);
			const lit =
				world.lastRule !== null &&
				(line.within?.includes(world.lastRule) ?? false) &&
				world.clockMs - lastDecidedMs(world) < litMs;
			const number = line.number === null ? '' : String(line.number);
			const never = line.within !== null && hitsOf(world, line.within).count === 0;
			const isComment = line.text.trim().startsWith('#');
			const look: Look = lit ? 'chosen' : never || isComment ? 'dim' : 'plain';
			const mark = lit && line.rules.length > 0 ? (ascii ? '>' : '▸') : ' ';
			return [
				span(count === 0 ? ' '.repeat(hitsWidth) : compact(count).padStart(hitsWidth), lit ? 'strong' : 'plain'),
				span((count === 0 ? '' : ago(world.clockMs - lastMs)).padStart(lastWidth), 'dim'),
				span(number.padStart(numberWidth), 'dim'),
				span(` ${mark}`.slice(-2), 'accent'),
				span(text, look),
			];
		}
		default:
			return line.kind satisfies never;
	}
}

/** When the last rule decided. */
const lastDecidedMs = ({hits, lastRule}: World): number => hits.get(lastRule ?? '')?.lastMs ?? Number.NEGATIVE_INFINITY;

function hitsOf({hits}: World, rules: readonly string[]): {readonly count: number; readonly lastMs: number} {
	let count = 0;
	let lastMs = Number.NEGATIVE_INFINITY;
	for (const id of rules) {
		const own = hits.get(id);
		if (own === undefined) continue;
		count += own.count;
		lastMs = Math.max(lastMs, own.lastMs);
	}
	return {count, lastMs};
}

/** `999999`, then `1.2M`. */
const compact = (count: number): string => (count < 1_000_000 ? String(count) : `${(count / 1_000_000).toFixed(1)}M`);
