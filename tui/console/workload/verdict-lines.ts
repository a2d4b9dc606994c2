// The last verdicts on flows from and to a workload, the newest first.
import {flowPort} from '../../../core/explain/words.ts';
import {type Line, type Look, shown, span} from '../../line.ts';
import {ago} from '../ago.ts';
import {entries} from '../history.ts';
import type {ConsoleState} from '../state.ts';
import type {Verdict} from '../world/world.ts';
import type {Subject} from './subject.ts';
import type {Part} from './workload-lines.ts';

const most = 12;

export function verdictLines({world, ascii}: ConsoleState, {members}: Subject): readonly Part[] {
	const names = new Set(members.map(({name}) => name));
	const own: Verdict[] = [];
	for (const one of entries(world.verdicts).toReversed()) {
		if (names.has(one.from) || names.has(one.to)) own.push(one);
		if (own.length === most) break;
	}
	const [out, into] = ascii ? ['>', '<'] : ['▸', '◂'];
	const lines = own.map((one): Line => {
		const isOut = names.has(one.from);
		const peer = isOut ? `${out} ${shown(one.to)}:${flowPort(one)}` : `${into} ${shown(one.from)} on ${flowPort(one)}`;
		return [
			span(ago(world.clockMs - one.atMs).padStart(6), 'dim'),
			span(`  ${one.decision.padEnd(11)} `, looks[one.decision]),
			span(peer),
			...(one.rule === null || one.rule.id === 'none' ? [] : [span(`  ${shown(one.rule.name)}`, 'dim')]),
		];
	});
	return lines.length === 0 ? [] : [{title: 'lately', lines}];
}

const looks: Readonly<Record<Verdict['decision'], Look>> = {
	allow: 'plain',
	deny: 'good',
	'would-deny': 'warn',
	'would-allow': 'warn',
	closed: 'dim',
	inconclusive: 'warn',
};
