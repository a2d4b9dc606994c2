// The two figures that never stand alone: what is lost, and what is broken.
import {type Line, type Look, type Span, span, textOf} from '../../line.ts';
import {count} from '../clock-text.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import {type Gauges, gauges} from '../world/gauges.ts';

const widestBar = 24;
/** Of each form the bar that it must leave room for. */
const forms = [
	{words: longWords, leastBar: 6},
	{words: mediumWords, leastBar: 3},
	{words: shortWords, leastBar: 0},
] as const;

export function gaugesLine({world, ascii}: ConsoleState, {columns, widthOf}: Box): Line {
	const found = gauges(world);
	for (const {words, leastBar} of forms) {
		const [lost, broken] = words(found);
		const around = widthOf(textOf([...lost, ...broken])) + ' lost   broken   '.length;
		const bar = Math.min(widestBar, Math.floor(columns / 8), Math.floor((columns - around - 2) / 2));
		if (bar < leastBar) continue;
		const [first, second] = [
			barOf(found.lost, found.others, bar, ascii),
			barOf(found.broken ?? 0, found.dependencies, bar, ascii),
		];
		return [span(' lost '), ...first, ...lost, span('   broken '), ...second, ...broken];
	}
	return [];
}

const lookOf = (bad: number): Look => (bad > 0 ? 'bad' : 'good');

function longWords({lost, others, jewels, jewelsLost, broken, dependencies, probed}: Gauges): readonly [Line, Line] {
	const jewelWords =
		jewels === 0
			? []
			: [span(', '), span(ofAll(jewelsLost, jewels), lookOf(jewelsLost)), span(jewels === 1 ? ' jewel' : ' jewels')];
	const partly = probed < dependencies ? `, ${count(probed)} probed` : '';
	return [
		[span(ofAll(lost, others), lookOf(lost)), span(' kinds'), ...jewelWords],
		broken === null
			? [span(dependencies === 0 ? 'nothing is needed' : 'not probed yet', 'warn')]
			: [span(ofAll(broken, dependencies), lookOf(broken)), span(partly, 'warn')],
	];
}

function mediumWords({lost, others, jewels, jewelsLost, broken, dependencies}: Gauges): readonly [Line, Line] {
	const jewelWords = jewels === 0 ? [] : [span(', jewels '), span(ofAll(jewelsLost, jewels), lookOf(jewelsLost))];
	return [
		[span(ofAll(lost, others), lookOf(lost)), ...jewelWords],
		[broken === null ? span('not probed yet', 'warn') : span(ofAll(broken, dependencies), lookOf(broken))],
	];
}

function shortWords({lost, others, jewels, jewelsLost, broken, dependencies}: Gauges): readonly [Line, Line] {
	return [
		[
			span(`${lost}/${others}`, lookOf(lost)),
			span(jewels === 0 ? '' : ' jewels '),
			span(jewels === 0 ? '' : `${jewelsLost}/${jewels}`, lookOf(jewelsLost)),
		],
		[broken === null ? span('?', 'warn') : span(`${broken}/${dependencies}`, lookOf(broken))],
	];
}

/** `2 of 20`, `none of 20`. */
const ofAll = (some: number, all: number): string => `${some === 0 ? 'none' : count(some)} of ${count(all)}`;

const eighths = ' ▏▎▍▌▋▊▉█';

/** Filled as far as that is of all, and never empty where there is something. */
function barOf(some: number, all: number, columns: number, ascii: boolean): readonly Span[] {
	if (columns < 3) return [];
	const share = all === 0 ? 0 : Math.min(1, some / all);
	const steps = Math.max(some > 0 ? 1 : 0, Math.round(share * columns * 8));
	const [whole, part] = [Math.floor(steps / 8), steps % 8];
	const done = ascii ? '#'.repeat(Math.ceil(steps / 8)) : '█'.repeat(whole) + (part > 0 ? eighths[part]! : '');
	return [span(done, 'bad'), span((ascii ? '.' : '·').repeat(columns - done.length), 'dim'), span(' ')];
}
