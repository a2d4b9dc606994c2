import test from 'ava';
import {parseTopology} from '../../../core/files/topology.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import {problemsOf} from './topology-files.ts';

test('problems of all kinds are told at once, and none that only follows from another', t => {
	const problems = problemsOf(
		'environments: [prod]',
		'networks: { a: { cidr: 10.0.0.0/24 }, b: { cidr: 10.0.0.0/24 } }',
		'workloads:',
		'  w:',
		'    in: [prod]',
		'    network: a',
		'    replicas: two',
		'    labels: { tier: 3 }',
		'    services: { http: { prot: 80 } }',
		'    needs: [w:http]',
		'  v: { in: [prod], network: a, needs: [w:http, u:http] }',
		'  v: {}',
		'dependencies: [{ need: x, from: { tier: a }, to: { env: prd }, on: [http] }]',
		'secrets: { s: { kind: ssh-key, opens: [{ service: http, of: { tier: b } }] } }',
	);
	t.deepEqual(problems, [
		't:3:50: network b, 10.0.0.0/24, overlaps network a, 10.0.0.0/24 (give one of them another range)',
		't:8:15: replicas is the text "two" (wanted a number)',
		't:9:21: tier is the number 3 (wanted a text: put it in quotes)',
		't:10:17: http lacks the key port (add it)',
		't:10:25: http has no key "prot" (did you mean port?)',
		't:11:13: w needs itself (what a workload sends to itself is always allowed: remove it)',
		't:12:48: there is no workload u (known: w, v)',
		't:13:3: the key "v" stands twice in one map (keep one of them)',
		't:14:52: no workload has the label env=prd (did you mean prod?)',
	]);
});

test('where a section is misspelt, nothing is said of what it should have had', t => {
	t.deepEqual(problemsOf('environment: [prod]', 'workloads: { w: { in: [prod], holds: [s] } }', 'secrts: { s: {} }'), [
		't:2:1: there is no key "environment" (did you mean environments?)',
		't:4:1: there is no key "secrts" (did you mean secrets?)',
	]);
	t.deepEqual(problemsOf('colour: red', 'workloads: { w: { holds: [s] } }'), [
		't:2:1: there is no key "colour" (known: runtime, environments, networks, dependencies, secrets)',
		't:3:27: there is no secret s',
	]);
});

test('a name in two files is told with both', t => {
	const text = (name: string): string =>
		`topology: ${name}\nnetworks: { n: { cidr: 10.0.0.0/24 } }\nworkloads: { w: { services: { ssh: { port: 22, speaks: ssh } } } }\nsecrets: { s: { kind: ssh-key, opens: [{ service: ssh, of: {} }] } }`;
	const parsed = parseTopology([
		{file: 'a', text: text('x')},
		{file: 'b', text: text('x')},
	]);
	t.deepEqual(parsed.kind === 'wrong' && parsed.problems.map(renderProblem), [
		'b:1:1: the topology x stands in two files, first in a:1 (rename one of them)',
		'b:2:13: the network n stands in two files, first in a:2 (rename one of them)',
		'b:3:14: the workload w stands in two files, first in a:3 (rename one of them)',
		'b:4:12: the secret s stands in two files, first in a:4 (rename one of them)',
	]);
});

test('a file that is no YAML is told together with the others', t => {
	const parsed = parseTopology([
		{file: 'a', text: 'a: [\n'},
		{file: 'b', text: 'topology: b\nx: 1\n'},
	]);
	t.deepEqual(parsed.kind === 'wrong' && parsed.problems.map(({where}) => where.file), ['a', 'b']);
});
