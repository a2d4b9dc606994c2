// What attackers did, action by action, and what happened to the policy meanwhile.

import type {ActionRecord, ActionResult} from '../../../core/contracts/event.ts';
import {marks} from '../../../core/text/marks.ts';
import {type Line, type Look, padded, shown, span, textOf} from '../../line.ts';
import {clockText, count, secondsText} from '../clock-text.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, filled, ruled, type View} from '../view.ts';
import type {Step} from '../world/world.ts';
import {type Listing, windowOf} from './listing.ts';
import {byRule, placeOfRule} from './place-of-rule.ts';

export const timelineView: View = (state, box) => {
	const {timeline} = state.world;
	if (timeline.length === 0 && timeline.forgotten === 0)
		return filled([[], [span(` nothing so far${state.playing === null ? ': a starts an attack' : ''}`, 'dim')]], box);
	const listing = timelineListing(state, box);
	const forgotten = timeline.forgotten === 0 ? [] : [[span(` ${count(timeline.forgotten)} forgotten`, 'dim')]];
	const {lines} = windowOf(listing, state.scrolls.timeline, box.rows - forgotten.length);
	return filled([...forgotten, ...lines], box);
};

/** The timeline as lines: a line for each step, and one more for what denied it. */
export const timelineListing = ({world, ascii}: ConsoleState, box: Box): Listing<Step> => ({
	list: world.timeline,
	key: 'steps',
	count: step => (isDenied(step) ? 2 : 1),
	render: step => {
		if (step.kind !== 'action') return [heading(step, box, ascii)];
		const line = actionLine(step.record, box.columns < narrow ? shortId : longId, ascii);
		return isDenied(step) ? [line, deniedLine(step, box)] : [line];
	},
});

const isDenied = (step: Step): step is Extract<Step, {kind: 'action'}> =>
	step.kind === 'action' && step.record.result === 'denied';

/** `── ransomware from wiki.dev ───────── 00:02.0`. */
function heading({kind, text, atMs}: Exclude<Step, {kind: 'action'}>, box: Box, ascii: boolean): Line {
	const clock = clockText(atMs);
	const look: Look = kind === 'started' ? 'accent' : kind === 'policy' ? 'strong' : 'plain';
	const room = box.columns - clock.length - 3;
	if (room < 12) return [span(` ${shown(text)}`, look)];
	return [span(' '), ...ruled([span(shown(text), look)], room, {...box, ascii}), span(` ${clock}`, 'dim')];
}

const looks: Readonly<Record<ActionResult | 'fell', readonly [text: string, ascii: string, look: Look]>> = {
	fell: [marks.good, '+', 'bad'],
	success: [marks.good, '+', 'warn'],
	denied: [marks.bad, 'x', 'good'],
	failure: ['–', '-', 'dim'],
	nothing: ['·', '.', 'dim'],
};

/** What the glyphs of the timeline mean. */
export const markMeanings = (ascii: boolean): readonly (readonly [mark: string, look: Look, means: string])[] =>
	(
		[
			['success', 'the attacker got on'],
			['denied', 'a rule stopped it'],
			['failure', 'the far end answered no'],
			['nothing', 'it found nothing new'],
		] as const
	).map(([result, means]) => [looks[result][ascii ? 1 : 0], looks[result][2], means]);

const timeWidth = 6;
const deniedIndent = 10;
/** `T1021.004`; in a narrow pane `T1021`. */
const [longId, shortId] = [9, 5] as const;
const narrow = 60;

function actionLine(record: ActionRecord, idWidth: number, ascii: boolean): Line {
	const {from, to, port, protocol, result, compromised, pivot, detail, attack, technique, atMs} = record;
	const [text, plain, look] = looks[compromised === null ? result : 'fell'];
	const id = attack === '–' ? technique : attack;
	const arrow = ascii ? '>' : '▸';
	const service =
		port === null ? '' : `:${protocol === 'tcp' || protocol === null ? port : `${port}/${shown(protocol)}`}`;
	const target = to === '' || to === from ? '' : ` ${arrow} ${shown(to)}${service}`;
	const said = detail === '' || result === 'denied' ? '' : `  ${shown(detail)}`;
	return [
		span(secondsText(atMs).padStart(timeWidth), 'dim'),
		span(` ${shown(id).slice(0, idWidth).padEnd(idWidth)} `),
		span(ascii ? plain : text, look),
		span(` ${shown(from)}${target}`, result === 'nothing' || result === 'failure' ? 'dim' : 'plain'),
		...(compromised === null ? [span(said, 'dim')] : [span(pivot ? '  fell, and is a pivot' : '  fell', 'bad')]),
	];
}

/** On its own line, under the ends that it stopped. */
function deniedLine({rule}: Extract<Step, {kind: 'action'}>, {columns, widthOf}: Box): Line {
	const indent = span(' '.repeat(deniedIndent));
	if (rule === null) return [indent, span('denied', 'dim')];
	const words: Line = [indent, span('denied ', 'dim'), span(byRule(rule))];
	const place = placeOfRule(rule);
	const gap = columns - widthOf(textOf(words)) - widthOf(place);
	return gap < 2 ? words : [...padded(words, columns - widthOf(place) - 1, widthOf), span(place, 'dim')];
}
