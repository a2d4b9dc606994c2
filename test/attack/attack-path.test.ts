import test from 'ava';
import {attackPath} from '../../core/attack/attack-path.ts';
import type {Fall} from '../../core/contracts/attack-run.ts';

const fall = (workload: string, action: number, from: string | null): Fall => ({
	workload,
	action,
	from,
	hops: 0,
	pivot: true,
	technique: null,
	protocol: null,
	port: null,
});
const falls = [fall('wiki', 0, null), fall('web', 3, 'wiki'), fall('api', 5, 'wiki'), fall('db', 9, 'api')];

for (const [workload, path] of [
	['db', ['wiki', 'api', 'db']],
	['wiki', ['wiki']],
	['vault', []],
] as const) {
	test(`the path to ${workload} is ${path.join(', then ') || 'none, since it did not fall'}`, t => {
		t.deepEqual(
			attackPath(falls, workload).map(step => step.workload),
			path,
		);
	});
}
