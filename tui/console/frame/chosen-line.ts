// One line on what is chosen on the map; before something is, on the attack.
import {kindsOf} from '../../../core/measure/kinds.ts';
import type {Workload} from '../../../core/model/topology.ts';
import {glyphs} from '../../glyphs.ts';
import {clip, type Line, padded, shown, span, textOf, type WidthOf} from '../../line.ts';
import {count} from '../clock-text.ts';
import {type Hint, hints} from '../keys/help.ts';
import {cellState, severity} from '../map/cell-state.ts';
import {mapAreas} from '../map/map-areas.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import {brokenNeeds} from '../world/broken-needs.ts';
import {workloadNamed} from '../world/workload-named.ts';
import type {World} from '../world/world.ts';

/** What there is to say, and at its end, where there is room, the keys for it. */
export function chosenLine(state: ConsoleState, {columns, widthOf}: Box): Line {
	const words = [span(' '), ...(state.chosen === null ? attackWords(state) : wordsOn(state, state.chosen))];
	const left = Math.max(Math.floor(columns / 4), columns - widthOf(textOf(words)) - 4);
	const keys = hintWords(hints(state).chosen, left, widthOf);
	const room = columns - widthOf(textOf(keys)) - 1;
	if (keys.length === 0) return words;
	return [...padded(clip(words, room - 2, widthOf), room, widthOf), ...keys];
}

/** As many as fit: `x explain  s shell`. */
export function hintWords(list: readonly Hint[], columns: number, widthOf: WidthOf): Line {
	const line = [];
	let width = 0;
	for (const {key, word} of list) {
		const more = widthOf(`${key} ${word}`) + (width === 0 ? 0 : 3);
		if (width + more > columns) break;
		line.push(span(width === 0 ? '' : ' · ', 'dim'), span(key, 'strong'), span(` ${word}`));
		width += more;
	}
	return line;
}

function wordsOn(state: ConsoleState, chosen: string): Line {
	const {world} = state;
	const {topology} = world.rehearsal;
	const workload = workloadNamed(topology, chosen);
	if (workload !== undefined) return workloadWords(world, workload);
	const kind = kindsOf(topology).all.get(chosen);
	if (kind?.workloads.length === 1) return workloadWords(world, kind.workloads[0]!);
	const folded = mapAreas(topology).flatMap(({groups}) => groups.find(({id}) => id === chosen) ?? []);
	const some = kind?.workloads ?? folded[0]?.workloads ?? [];
	return [span(shown(chosen), 'strong'), span(some.length === 0 ? '' : `  ${countsOf(world, some)}`)];
}

function countsOf(world: World, workloads: readonly Workload[]): string {
	const states = Map.groupBy(workloads, one => cellState(world, one));
	const parts = [...states].sort(([a], [b]) => severity.indexOf(b) - severity.indexOf(a));
	return `${count(workloads.length)} workloads: ${parts.map(([one, some]) => `${count(some.length)} ${glyphs[one].short}`).join(', ')}`;
}

function workloadWords(world: World, workload: Workload): Line {
	const {name, holds, jewel, managed, outside} = workload;
	const state = cellState(world, workload);
	const fate = world.fates.get(name);
	const broken = brokenNeeds(world).get(workload.kind) ?? [];
	const parts = [
		fallen(world, workload),
		...(jewel ? [state === 'lost-jewel' ? 'crown jewel lost' : 'crown jewel'] : []),
		...(holds.length === 0 ? [] : [`holds ${holds.map(shown).join(', ')}`]),
		...(fate === undefined || fate.denied === 0 ? [] : [`${count(fate.denied)} denied`]),
		...(broken.length === 0 ? [] : [`cannot reach ${broken.map(shown).join(', ')}`]),
		...(managed || outside ? [] : ['nothing is enforced here']),
	];
	return [
		span(shown(name), 'strong'),
		span(`  ${parts[0]!}`, glyphs[state].look),
		...parts.slice(1).flatMap(part => [span(' · ', 'dim'), span(part)]),
	];
}

function fallen({fates, quarantined}: World, {name, outside}: Workload): string {
	const fate = fates.get(name);
	const also = quarantined.has(name) ? ', quarantined' : '';
	if (fate === undefined) return quarantined.has(name) ? 'quarantined' : outside ? 'outside' : 'healthy';
	if (fate.state === 'tried') return `tried, not entered${also}`;
	if (fate.foothold) return `foothold${also}`;
	const way = `${fate.technique === null ? '' : ` by ${shown(fate.technique)}`}${fate.from === null ? '' : ` from ${shown(fate.from)}`}`;
	return `${fate.state}${way}${also}`;
}

const endings = {
	exhausted: 'nothing is left to try',
	goal: 'it has what it wanted',
	limit: 'a limit ended it',
	stopped: 'stopped',
} as const;

function attackWords({world: {attack, rehearsal}}: ConsoleState): Line {
	if (attack === null) {
		const {workloads, environments} = rehearsal.topology;
		return [
			span(
				`${count(workloads.length)} workloads in ${count(environments.length)} environments, no attack so far`,
				'dim',
			),
		];
	}
	const {scenario, foothold, actions, denied, ended} = attack;
	return [
		span(shown(scenario), 'strong'),
		span(` from ${shown(foothold)}`),
		span(' · ', 'dim'),
		span(`${count(actions)} ${actions === 1 ? 'action' : 'actions'}, ${count(denied)} denied`),
		span(' · ', 'dim'),
		ended === null ? span('under way', 'accent') : span(endings[ended], 'dim'),
	];
}
