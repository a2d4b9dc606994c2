// The candidates side by side: what each contains and what each breaks, by the model; and of the one in force, as measured.
import {type Line, shown, span} from '../../line.ts';
import {type Attacker, attackerOf} from '../compare/attacker.ts';
import {type Column, columnsOf, missingOf} from '../compare/columns.ts';
import {findingLines} from '../compare/finding-lines.ts';
import {tableLines} from '../compare/table-lines.ts';
import {tableRows} from '../compare/table-rows.ts';
import {type Paragraph, wordsLines} from '../explain/words-lines.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, filled} from '../view.ts';
import type {World} from '../world/world.ts';
import {scrolled} from './scrolled.ts';

export function compareView(state: ConsoleState, box: Box): readonly Line[] {
	const {scrolls, world} = state;
	if (box.rows <= 0 || box.columns <= 0) return [];
	const attacker = attackerOf(world);
	const missing = missingOf(world, attacker);
	if (missing.length > 0) return filled([titleLine(attacker, world), [], workingLine(missing)], box);
	const columns = columnsOf(world, attacker);
	const text = [
		titleLine(attacker, world),
		[],
		...tableLines(columns, tableRows(columns), box),
		...findingLines(columns, box.columns),
		[],
		...wordsLines(limits(columns, attacker, world), box),
	];
	return scrolled(text, box, scrolls.compare);
}

/** One candidate after the other is worked out between frames (`next-work.ts`). */
const workingLine = (missing: readonly {readonly name: string}[]): Line => [
	span(` working out ${missing.map(({name}) => shown(name)).join(', ')}`, 'dim'),
];

const titleLine = (attacker: Attacker | null, {attack, rehearsal: {topology}}: World): Line =>
	attacker === null
		? [span(` ${shown(topology.name)}`, 'strong'), span('  no scenario to compare by', 'dim')]
		: [
				span(` ${shown(attacker.scenario.name)} from ${shown(attacker.foothold)}`, 'strong'),
				span(attack?.scenario === attacker.scenario.name ? '' : '  the first scenario; none ran yet', 'dim'),
			];

/** What the figures are, and what they are not. */
function limits(columns: readonly Column[], attacker: Attacker | null, {policy}: World): readonly Paragraph[] {
	const measured = columns.find(one => one.kind === 'measured');
	const bound = columns.some(one => one.kind === 'model' && one.figures.losses?.bound === true);
	const model = bound
		? 'by the model: as if everybody knew everybody, so never less than an attacker takes'
		: 'by the model: what an attacker takes who leaves nothing untried';
	const sentences = [
		...(attacker === null ? [] : [model]),
		'measured: what packets showed of the policy in force',
		...(measured?.losses != null && measured.losses.footholds > 1
			? [`it is of ${measured.losses.footholds} footholds together, and the model of one`]
			: []),
		...(measured?.losses?.earlier === true ? ['some of what fell had fallen under another policy'] : []),
		...(measured?.needs != null && measured.needs.probed < measured.needs.dependencies
			? [`${measured.needs.probed} of ${measured.needs.dependencies} dependencies were probed`]
			: []),
		...(policy.observed ? [`${shown(policy.name)} only observes: it denies nothing`] : []),
	];
	return [{text: sentences.join('; '), look: 'dim'}];
}
