import test from 'ava';
import Papa from 'papaparse';
import {decisionGroups, decisionHead, decisionTable} from '../../core/inventory/decision-groups.ts';
import type {Problem} from '../../core/model/problem.ts';

const decision = (line: number, mend: string, what = `row ${line}`): Problem => ({
	where: {file: 'w.csv', line, column: 1},
	what,
	mend,
});
const many = (count: number, mend: string): readonly Problem[] =>
	Array.from({length: count}, (_, at) => decision(at + 2, mend));

test('what has one mend is one group, of which so many are shown, and one more rather than a line that says so', t => {
	const groups = decisionGroups([...many(5, 'a'), ...many(6, 'b'), ...many(1, 'a')], 4);
	t.deepEqual(
		groups.map(({mend, shown, more}) => [mend, shown.length, more]),
		[
			['a', 4, 2],
			['b', 4, 2],
		],
	);
	t.deepEqual(
		decisionGroups(many(5, 'a'), 4).map(({shown, more}) => [shown.length, more]),
		[[5, 0]],
	);
});

test('the head of a topology stays short however many there are, and says where the others stand', t => {
	const head = decisionHead([...many(10_000, 'a'), ...many(1, '')]);
	t.is(head.length, 7);
	t.is(head[0], 'to decide: w.csv:2: row 2 (a)');
	t.is(head[5], 'to decide: … and 9995 more like these, in to-decide.csv (a)');
	t.is(head[6], 'to decide: w.csv:2: row 2');
});

test('the table has every one, as any reader of CSV reads it, and no cell is a formula', t => {
	const rows = [decision(2, 'say "so", please', '=HYPERLINK("x")'), decision(3, '', 'two\nlines'), ...many(100, 'a')];
	const read = Papa.parse<string[]>(decisionTable(rows), {skipEmptyLines: true});
	t.deepEqual(read.errors, []);
	t.is(read.data.length, 103);
	t.deepEqual(read.data[1], ['w.csv', '2', '\'=HYPERLINK("x")', 'say "so", please']);
	t.deepEqual(read.data[2], ['w.csv', '3', 'two\nlines', '']);
});
