// Tables on pages of any width: nothing is wider than the page, and nothing is lost for that.
import test from 'ava';
import {columnLines} from '../../../cli/lab/columns.ts';
import {noPaint} from '../../../cli/report/paint.ts';

const heads = ['from', 'to', 'count', 'dependency', 'rule'];
const row = ['web.prod', 'cache.prod', '12', 'declared', 'segmented.policy.yaml:17 "web keeps sessions"'];
const linesAt = (width: number): readonly string[] =>
	columnLines(heads, [row.map(text => ({text}))], {width, paint: noPaint});

test('a page that is wide enough has a line a row', t => {
	t.deepEqual(linesAt(100), [
		'  from      to          count  dependency  rule',
		'  web.prod  cache.prod  12     declared    segmented.policy.yaml:17 "web keeps sessions"',
	]);
});

test('what would be cut to nothing goes to a second line', t => {
	t.deepEqual(linesAt(60), [
		'  from      to          count  dependency',
		'      rule',
		'  web.prod  cache.prod  12     declared',
		'      segmented.policy.yaml:17 "web keeps sessions"',
	]);
});

test('no line is wider than a page of 60 columns or more', t => {
	for (let width = 60; width <= 160; width++)
		for (const line of linesAt(width)) t.true(line.length <= width, `${width}: ${line}`);
});

test('on a wider page the last column is cut, and says so', t => {
	t.is(linesAt(70)[1], '  web.prod  cache.prod  12     declared    segmented.policy.yaml:17 "…');
});
