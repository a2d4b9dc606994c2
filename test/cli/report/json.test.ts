import test from 'ava';
import {renderJson, renderNdjson} from '../../../cli/report/json.ts';
import type {LabEvent} from '../../../core/contracts/event.ts';
import {formulas} from '../../../core/measure/formulas.ts';
import {sampleReport, sampleRun} from './sample-report.ts';

test('the report is one object, and comes back as it was', t => {
	const {formulas: named, ...report} = JSON.parse(renderJson(sampleReport));
	t.deepEqual(report, sampleReport);
	t.is(named.blastRadius, '|C \\ F| ÷ |W \\ F|');
});

test('the fields of DESIGN are there by their names, and what is undefined is null', t => {
	const {runs, ...report} = JSON.parse(renderJson(sampleReport));
	for (const name of [
		'schema',
		'topology',
		'inputs',
		'revision',
		'versions',
		'assumptions',
		'seed',
		'latencies',
		'expectations',
		'passed',
	])
		t.true(name in report, name);
	t.is(report.schema, 'firebreak/rehearsal/v1');
	t.is(report.revision, null);
	for (const name of [
		'candidate',
		'placement',
		'scenario',
		'foothold',
		'mode',
		'worst',
		'containment',
		'breakage',
		'looseness',
		'outcomes',
		'fidelity',
		'timeline',
	])
		t.true(name in runs[0], name);
	t.is(runs[0].containment.saved, null);
});

test('every formula is of a figure that the report has', t => {
	const {containment, breakage, looseness, outcomes, fidelity} = sampleRun({candidate: 'segmented'});
	const figures = {...containment, ...breakage, ...looseness, ...fidelity, outcomes};
	t.deepEqual(
		formulas.map(({name}) => name).filter(name => !(name in figures)),
		[],
	);
});

const event = (stage: string): LabEvent => ({kind: 'stage', stage, text: 'a\nb', done: 1, total: 2, atMs: 3});

test('events are one a line, in their order', t => {
	const lines = renderNdjson([event('lab'), event('control')]).split('\n');
	t.deepEqual(lines.length, 3);
	t.is(lines[2], '');
	t.deepEqual(
		lines.slice(0, 2).map(line => JSON.parse(line).stage),
		['lab', 'control'],
	);
});

test('nothing in it is an order to a terminal, and all of it comes back', t => {
	const evil = '\u001b[2J\u009b2J\u202e\u2028';
	const text = renderNdjson([event(evil)]);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
	t.notRegex(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
	t.is(JSON.parse(text).stage, evil);
});
