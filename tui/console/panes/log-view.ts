// What was done to the lab, and by whom.
import {type Line, shown, span} from '../../line.ts';
import {brokenAtBlanks} from '../broken-at-blanks.ts';
import {clockText, count} from '../clock-text.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, filled, type View} from '../view.ts';
import {type Listing, windowOf} from './listing.ts';

type Note = ConsoleState['world']['log'] extends {readonly pieces: readonly (readonly (infer N)[])[]} ? N : never;

export const logView: View = (state, box) => {
	const {log, missed} = state.world;
	const head: Line[] = [
		...(missed === 0
			? []
			: [[span(` ${count(missed)} events missed: they came faster than this console reads`, 'warn')]]),
		...(log.forgotten === 0 ? [] : [[span(` ${count(log.forgotten)} forgotten`, 'dim')]]),
	];
	if (log.length === 0) return filled([...head, [], [span(' nothing was noted so far', 'dim')]], box);
	const {lines} = windowOf(logListing(state, box), state.scrolls.log, box.rows - head.length);
	return filled([...head, ...lines], box);
};

/** The notes as lines, long ones broken. */
export const logListing = ({world}: ConsoleState, {columns, widthOf}: Box): Listing<Note> => ({
	list: world.log,
	key: `${columns}`,
	count: ({text}) => brokenAtBlanks(shown(text), columns - indent, widthOf).length,
	render: ({text, atMs}) =>
		brokenAtBlanks(shown(text), columns - indent, widthOf).map((part, at) => [
			span((at === 0 ? ` ${clockText(atMs)}` : '').padEnd(indent), 'dim'),
			span(part),
		]),
});

const indent = 11;
