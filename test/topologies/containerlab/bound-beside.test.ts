import test from 'ava';
import {boundBeside} from '../../../topologies/containerlab/bound-beside.ts';

test('binds from beside the file are carried, and nothing else of this machine', t => {
	const where = {file: 'lab/x.clab.yml', line: 3, column: 1};
	const there = new Set(['lab/conf/a.cfg', 'lab/b', 'c', 'lab/__clabNodeDir__/x']);
	const bound = boundBeside(
		[
			'conf/a.cfg:/etc/a.cfg:ro',
			'./b:/b',
			'../c:/c',
			'/etc/passwd:/p',
			'none:/n',
			'~/x:/x',
			'__clabNodeDir__/x:/y',
			'b',
		],
		where,
		path => there.has(path),
	);
	t.deepEqual(bound, [
		{source: './conf/a.cfg', target: '/etc/a.cfg', where},
		{source: './b', target: '/b', where},
	]);
});
