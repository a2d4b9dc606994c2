// The lines that fill in while a run goes on (SCREENS "firebreak rehearse shop, on a terminal"), and the plain ones
// for where nothing can be drawn twice.
import {clip, type Line, padded, shown, span, textOf, type WidthOf} from '../line.ts';
import type {RunState} from './run-state.ts';
import {isOver, type Stage, shareOf} from './stage.ts';
import {seconds, stageForms, stageLabel} from './stage-text.ts';

/** What there is to draw on. */
export interface Sheet {
	/** Size of the terminal, from 1. */
	readonly columns: number;
	readonly rows: number;
	readonly widthOf: WidthOf;
}

const indent = 2;
const widestText = 72;
const widestLabel = 20;
/** Below this the words have all of the line. */
const leastText = 30;

interface Layout {
	readonly columns: number;
	readonly label: number;
	readonly text: number;
	/** Bar or time; 0 where there is no room for it. */
	readonly right: number;
}

/**
 * A line a stage, none wider than the sheet; the last column stays free, where some terminals wrap. Where there are
 * more than rows, the first of them are counted instead.
 *
 * @param nowMs - by the clock of the events
 */
export function runLines(state: RunState, sheet: Sheet, nowMs: number): readonly Line[] {
	const layout = layoutOf(state, sheet);
	const room = Math.max(1, sheet.rows - 2);
	const hidden = state.stages.length <= room ? 0 : Math.min(state.stages.length - 1, state.stages.length - room + 1);
	const lines = state.stages.slice(hidden).map(stage => lineOf(stage, state, layout, sheet.widthOf, nowMs));
	const before = clip([span(`${' '.repeat(indent)}… ${hidden} before these`, 'dim')], layout.columns, sheet.widthOf);
	return hidden === 0 || room === 1 ? lines : [before, ...lines];
}

/** What a stage says, for pipes and files, where it is written once and stays. @param nowMs - of one that is not over */
export function plainLine(stage: Stage, state: RunState, nowMs = 0): string {
	const widthOf: WidthOf = text => [...text].length;
	const {label} = layoutOf(state, {columns: 100, rows: 1, widthOf});
	const time = stage.kind === 'model' || stage.tookMs === null ? '' : ` · ${seconds(stage.tookMs)}`;
	const words = padded([span(stageLabel(stage, state.candidates[0]))], label, widthOf);
	return `${' '.repeat(indent)}${textOf(words)} ${textOf(stageForms(stage, state, nowMs)[0]!)}${time}`;
}

function layoutOf({candidates}: RunState, {columns: given, widthOf}: Sheet): Layout {
	const columns = Math.max(0, Math.floor(given) - 1);
	const names = ['control', ...candidates.map(shown)];
	const label = Math.min(Math.max(...names.map(widthOf)), Math.max(8, Math.floor(columns / 4)), widestLabel);
	const room = columns - indent - label - 1;
	const right = columns >= 90 ? 16 : columns >= 70 ? 10 : 8;
	const text = Math.min(widestText, room - right - 2);
	return text >= leastText ? {columns, label, text, right} : {columns, label, text: room, right: 0};
}

function lineOf(stage: Stage, state: RunState, layout: Layout, widthOf: WidthOf, nowMs: number): Line {
	const control = state.candidates[0];
	const label = clip([span(stageLabel(stage, control), 'strong')], layout.label, widthOf);
	const forms = stageForms(stage, state, nowMs);
	const words = clip(forms.find(form => fits(form, layout.text, widthOf)) ?? forms.at(-1)!, layout.text, widthOf);
	const narrow = layout.right === 0;
	const spare = Math.min(8, layout.text - widthOf(textOf(words)) - 2);
	const end = narrow ? (spare < 4 ? [] : right(stage, spare, nowMs)) : right(stage, layout.right, nowMs);
	const line = [
		span(' '.repeat(indent)),
		...padded(label, layout.label, widthOf),
		span(' '),
		...(narrow ? words : padded(words, layout.text, widthOf)),
		span('  '),
		...(fits(end, narrow ? spare : layout.right, widthOf) ? end : []),
	];
	return clip(line, layout.columns, widthOf);
}

const fits = (line: Line, columns: number, widthOf: WidthOf): boolean => widthOf(textOf(line)) <= columns;

/** How long it took; while it is under way how much of it is done or, where nobody knows, a sign of life. */
function right(stage: Stage, columns: number, nowMs: number): Line {
	if (stage.kind === 'model') return [];
	if (isOver(stage)) return [span(seconds(stage.tookMs!), 'dim')];
	const share = shareOf(stage);
	return share === null ? runner(nowMs, columns) : bar(share, columns);
}

/** Heavy as far as it goes, thin for the rest, in halves of a column. */
export function bar(share: number, columns: number): Line {
	const halves = Math.round(Math.min(1, Math.max(0, share)) * columns * 2);
	const done = '━'.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? '╸' : '');
	return [span(done, 'strong'), span('─'.repeat(columns - done.length), 'dim')];
}

/** A short piece that runs along the bar. */
function runner(nowMs: number, columns: number): Line {
	const length = 3;
	const at = Math.floor(Math.max(0, nowMs) / 200) % (columns - length + 1);
	return [
		span('─'.repeat(at), 'dim'),
		span('━'.repeat(length), 'strong'),
		span('─'.repeat(columns - at - length), 'dim'),
	];
}
