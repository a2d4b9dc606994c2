// Verdicts as they are given, newest last, as far as the filter keeps them.
import {marks} from '../../../core/text/marks.ts';
import {type Line, type Look, padded, shown, span, textOf} from '../../line.ts';
import {clockText, count} from '../clock-text.ts';
import {parseFilter} from '../flows/filter.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, filled, type View} from '../view.ts';
import type {Verdict} from '../world/world.ts';
import {type Listing, lengthOf, windowOf} from './listing.ts';
import {placeOfRule} from './place-of-rule.ts';

export const flowsView: View = (state, box) => {
	const {verdicts} = state.world;
	const filter = parseFilter(state.filter);
	const listing = flowsListing(state, box);
	const wrong = filter.problems.map(
		({what, mend}): Line => [span(` ${what}`, 'warn'), span(mend === '' ? '' : ` (${mend})`, 'dim')],
	);
	const head = [filterLine(state, lengthOf(listing)), ...wrong];
	if (verdicts.length === 0)
		return filled([...head, [span(' no flow so far: probes, attacks and programs in the lab send them', 'dim')]], box);
	const {lines} = windowOf(listing, state.scrolls.flows, box.rows - head.length);
	return filled([...head, ...(lines.length === 0 ? [[span(' none of them passes the filter', 'dim')]] : lines)], box);
};

/** The flows that the filter keeps, a line each. */
export function flowsListing({world, filter, ascii}: ConsoleState, box: Box): Listing<Verdict> {
	const {holds} = parseFilter(filter);
	const {topology} = world.rehearsal;
	return {
		list: world.verdicts,
		key: `flows ${filter}`,
		count: verdict => (holds(verdict, topology) ? 1 : 0),
		render: verdict => [flowLine(verdict, box, ascii)],
	};
}

function filterLine({world: {verdicts}, filter}: ConsoleState, kept: number): Line {
	const forgotten = verdicts.forgotten === 0 ? '' : ` · ${count(verdicts.forgotten)} forgotten`;
	if (filter.trim() === '')
		return [span(` ${count(verdicts.length)} flows${forgotten} · `, 'dim'), span('/'), span(' filters', 'dim')];
	return [
		span(' / ', 'accent'),
		span(shown(filter.trim()), 'strong'),
		span(`  ${count(kept)} of ${count(verdicts.length)}${forgotten}`, 'dim'),
	];
}

const looks: Readonly<Record<Verdict['decision'], readonly [text: string, ascii: string, look: Look, word: string]>> = {
	allow: [marks.good, '+', 'plain', 'allowed'],
	deny: [marks.bad, 'x', 'good', 'denied'],
	'would-deny': ['~', '~', 'warn', 'would be denied'],
	'would-allow': ['~', '~', 'warn', 'would be allowed'],
	closed: ['·', '.', 'dim', 'allowed, and nothing listens'],
	inconclusive: ['?', '?', 'warn', 'inconclusive'],
};

/** What the glyphs of the flows mean. */
export const flowMarks = (ascii: boolean): readonly (readonly [mark: string, look: Look, means: string])[] =>
	Object.values(looks).map(([text, plain, look, word]) => [ascii ? plain : text, look, word]);

/** `00:07.4 ✗ api.dev ▸ db.prod:5432/tcp   default   attack`: what has no room is left out from the right. */
function flowLine(verdict: Verdict, {columns, widthOf}: Box, ascii: boolean): Line {
	const {from, to, protocol, port, family, decision, rule, by, atMs} = verdict;
	const [text, plain, look] = looks[decision];
	const service = protocol === 'icmp' ? 'icmp' : `${port}/${protocol}`;
	const ends: Line = [
		span(` ${clockText(atMs)} `, 'dim'),
		span(ascii ? plain : text, look),
		span(` ${shown(from)} ${ascii ? '>' : '▸'} ${shown(to)}:${service}`, decision === 'deny' ? 'strong' : 'plain'),
		span(family === 6 ? ' v6' : '', 'dim'),
	];
	const room = columns - widthOf(textOf(ends)) - 1;
	const named = rule === null || rule.tier === 'none' ? '' : shown(rule.name);
	const would = decision === 'would-deny' ? 'would deny: ' : decision === 'would-allow' ? 'would allow: ' : '';
	const place = rule === null ? '' : placeOfRule(rule);
	const forms = [[would + named, by, place], [would + named, by], [would + named], [by]]
		.map(words => words.filter(Boolean).join('  '))
		.filter(words => words !== '' && widthOf(words) + 2 <= room);
	return forms.length === 0
		? ends
		: [...padded(ends, columns - 1 - widthOf(forms[0]!), widthOf), span(forms[0]!, 'dim')];
}
