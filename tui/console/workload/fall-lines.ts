// What became of a workload, and the way on which the attacker came.

import {glyphs} from '../../glyphs.ts';
import {type Line, type Span, shown, span} from '../../line.ts';
import {ago} from '../ago.ts';
import {cellState} from '../map/cell-state.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import type {World} from '../world/world.ts';
import type {Subject} from './subject.ts';
import type {Part} from './workload-lines.ts';
import {wrapped} from './wrapped.ts';

/** `◉ pivot · foothold`: of a kind, each state with its count. */
export function stateWords({world, ascii}: ConsoleState, {members}: Subject): readonly Span[] {
	const states = [...Map.groupBy(members, one => cellState(world, one))];
	const words = states.flatMap(([state, some]) => {
		const {text, ascii: plain, look, means} = glyphs[state];
		const count = members.length > 1 ? `${some.length} ` : '';
		return [span('   '), span(`${ascii ? plain : text} ${count}${means}`, look)];
	});
	const {jewel, outside, managed} = members[0]!;
	const isJewelAside = jewel && !states.some(([state]) => glyphs[state].means.includes('jewel'));
	return [
		...words,
		...(isJewelAside ? [span(' · crown jewel', 'strong')] : []),
		...(!managed && !outside ? [span(' · not managed: nothing is enforced at its host', 'warn')] : []),
	];
}

/** The way of whoever fell first of them, and what was tried in vain. */
export function fallLines({world, ascii}: ConsoleState, {members}: Subject, box: Box): readonly Part[] {
	const fates = members.flatMap(({name}) => {
		const fate = world.fates.get(name);
		return fate === undefined ? [] : [{name, ...fate}];
	});
	const fallen = fates.filter(({state}) => state !== 'tried').sort((a, b) => a.atMs - b.atMs);
	const denied = fates.reduce((sum, fate) => sum + fate.denied, 0);
	const [first] = fallen;
	return [
		...(first === undefined
			? []
			: [
					{
						title: 'fell',
						lines: wrapped(
							[
								...pathOf(world, first.name, ascii),
								[span(`${ago(world.clockMs - first.atMs)}${world.clockMs - first.atMs < 1000 ? '' : ' ago'}`, 'dim')],
							],
							box,
							' ',
						),
					},
				]),
		...(denied === 0
			? []
			: [{title: 'tried', lines: [[span(`${denied} ${denied === 1 ? 'attempt' : 'attempts'} on it denied`, 'good')]]}]),
	];
}

const longestPath = 64;

/** `wiki.dev`, `─T1210▸ deploy.ops`, …: whence each fell, the foothold first. */
function pathOf(world: World, name: string, ascii: boolean): readonly Line[] {
	const steps: Line[] = [];
	const seen = new Set<string>();
	let at: string | null = name;
	while (at !== null && !seen.has(at) && steps.length < longestPath) {
		seen.add(at);
		const fate = world.fates.get(at);
		const from: string | null = fate?.from ?? null;
		const by = `${ascii ? '-' : '─'}${shown(fate?.technique ?? '')}${ascii ? '>' : '▸'} `;
		steps.unshift(
			from === null
				? [span(shown(at)), ...(fate?.foothold ? [span(' (foothold)', 'dim')] : [])]
				: [span(by, 'bad'), span(shown(at))],
		);
		at = from;
	}
	return steps;
}
