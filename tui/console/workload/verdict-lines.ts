// The last verdicts on flows from and to a workload, the newest first; those with one peer by one rule are one line.
import {flowPort} from '../../../core/explain/words.ts';
import {type Line, type Look, shown, span} from '../../line.ts';
import {ago} from '../ago.ts';
import {backwards} from '../history.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import type {Verdict} from '../world/world.ts';
import type {Subject} from './subject.ts';
import type {Part} from './workload-lines.ts';

/** Lines, and how far back one looks for them. */
const most = 10;
const mostSeen = 2000;

/** Verdicts with the same peer and rule. */
interface Group {
	readonly newest: Verdict;
	readonly ports: Set<string>;
	count: number;
}

export function verdictLines({world, ascii}: ConsoleState, {members}: Subject, {widthOf}: Box): readonly Part[] {
	const names = new Set(members.map(({name}) => name));
	const groups = new Map<string, Group>();
	let seen = 0;
	for (const one of backwards(world.verdicts)) {
		if (seen++ === mostSeen) break;
		if (!names.has(one.from) && !names.has(one.to)) continue;
		const key = `${one.from}>${one.to} ${one.decision} ${one.rule?.id}`;
		const group = groups.get(key) ?? {newest: one, ports: new Set<string>(), count: 0};
		if (groups.size === most && !groups.has(key)) continue;
		groups.set(key, group);
		group.ports.add(flowPort(one));
		group.count++;
	}
	const [out, into] = ascii ? ['>', '<'] : ['▸', '◂'];
	const rows = [...groups.values()].map(({newest, ports, count}) => ({
		newest,
		peer: names.has(newest.from) ? `${out} ${shown(newest.to)}` : `${into} ${shown(newest.from)}`,
		flows: ports.size === 1 ? [...ports].join() : `${ports.size} ports`,
		times: count === ports.size ? '' : `${count}×`,
	}));
	const width = Math.max(0, ...rows.map(({peer}) => widthOf(peer)));
	const longest = Math.max(0, ...rows.map(({newest}) => newest.decision.length));
	const [flowsWidth, timesWidth] = [
		Math.max(0, ...rows.map(({flows}) => flows.length)),
		Math.max(0, ...rows.map(({times}) => times.length)),
	];
	const lines = rows.map(
		({newest: {atMs, decision, rule}, peer, flows, times}): Line => [
			span(ago(world.clockMs - atMs).padStart(6), 'dim'),
			span(`  ${decision.padEnd(longest)}  `, looks[decision]),
			span(`${peer}${' '.repeat(width - widthOf(peer))}  ${flows.padEnd(flowsWidth)} `),
			span(times.padStart(timesWidth), 'dim'),
			...(rule === null || rule.id === 'none' ? [] : [span(`  ${shown(rule.name)}`, 'dim')]),
		],
	);
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
