// The judges notice what is wrong: each format with an expectation that holds and with ones that do not.
import test from 'ava';
import type {Case} from './corpus.ts';
import {judge} from './judge.ts';
import {lastLine, tableLines} from './outcomes.ts';
import {leftOut} from './scope.ts';
import {openTo, pods, writtenCorpus} from './written-corpus.ts';

const differencesOf = (
	format: string,
	files: Readonly<Record<string, string>>,
	expected: string,
	rest: Partial<Case> = {},
): readonly string[] => {
	const {corpus, one} = writtenCorpus(format, files, expected, rest);
	return judge(corpus, one).differences;
};

const fromA = openTo('[{ podSelector: { matchLabels: { app: a } } }]');
const all = 'All Connections';
const world = '0.0.0.0-255.255.255.255';
const rest = [
	...['x/a', 'x/b', 'y/c'].map(peer => `${peer}[Pod] => ${world}[External] : ${all}`),
	...['x/a', 'y/c'].map(peer => `${world}[External] => ${peer}[Pod] : ${all}`),
	...['x/a[Pod] => y/c[Pod]', 'x/b[Pod] => x/a[Pod]', 'x/b[Pod] => y/c[Pod]', 'y/c[Pod] => x/a[Pod]'].map(
		pair => `${pair} : ${all}`,
	),
];
const connlist = (...lines: readonly string[]): string => [...rest, ...lines].join('\n');
const files = {'pods.yaml': pods, 'policy.yaml': fromA};

test('a connlist that is right has no difference, wherever it cuts its ranges', t => {
	t.deepEqual(differencesOf('connlist', files, connlist('x/a[Pod] => x/b[Pod] : TCP 80')), []);
	const cut = connlist('x/a[Pod] => x/b[Pod] : TCP 80').replaceAll(
		`${world}[External] => y/c[Pod] : ${all}`,
		`0.0.0.0-9.255.255.255 => y/c[Pod] : ${all}\n10.0.0.0-255.255.255.255 => y/c[Pod] : ${all}`,
	);
	t.deepEqual(differencesOf('connlist', files, cut), []);
});

for (const [what, line] of [
	['a port too many', 'x/a[Pod] => x/b[Pod] : TCP 80-81'],
	['a port too few', 'x/a[Pod] => x/b[Pod] : No Connections'],
	['another protocol', 'x/a[Pod] => x/b[Pod] : UDP 80'],
	['a pair that has none', 'x/a[Pod] => x/b[Pod] : TCP 80\ny/c[Pod] => x/b[Pod] : TCP 65535'],
	['one address', 'x/a[Pod] => x/b[Pod] : TCP 80\n203.0.113.7-203.0.113.7[External] => x/b[Pod] : TCP 80'],
	['a workload that is not there', 'x/a[Pod] => x/b[Pod] : TCP 80\nx/d[Pod] => x/b[Pod] : TCP 80'],
] as const)
	test(`a connlist that is wrong by ${what} differs`, t => {
		t.is(differencesOf('connlist', files, connlist(line)).length, 1, line);
	});

test('a pair that the connlist forgets differs', t => {
	t.deepEqual(differencesOf('connlist', files, connlist()), [
		'x/a[Pod] => x/b[Pod]: expected No Connections, got TCP 80',
	]);
});

test('np-guard’s reading of a CIDR is asked for np-guard’s lists, and it is said where that mattered', t => {
	const cidr = {'pods.yaml': pods, 'policy.yaml': openTo('[{ ipBlock: { cidr: 10.0.0.0/8 } }]')};
	const outside = connlist('10.0.0.0-10.255.255.255 => x/b[Pod] : TCP 80');
	const {corpus, one} = writtenCorpus('connlist', cidr, outside);
	t.like(judge(corpus, one), {differences: [], otherReading: true});
	t.deepEqual(
		differencesOf('probe-lines', cidr, 'x/a[Pod] => x/b[Pod] : TCP 80 : allow'),
		[],
		'elsewhere it is a pod’s',
	);
});

test('probes are asked one by one, and a bare address is nobody’s', t => {
	const right = ['x/a[Pod] => x/b[Pod] : TCP 80 : allow', 'y/c[Pod] => x/b[Pod] : TCP 80 : deny'];
	t.deepEqual(differencesOf('probe-lines', files, [...right, '9.9.9.9 => x/b[Pod] : TCP 80 : deny'].join('\n')), []);
	t.deepEqual(differencesOf('probe-lines', files, 'y/c[Pod] => x/b[Pod] : TCP 80 : allow'), [
		'y/c[Pod] => x/b[Pod] TCP 80: expected allow, got deny',
	]);
});

test('a matrix is asked at each of its probes', t => {
	const probes = ['TCP 80', 'TCP 81', 'SCTP 80'];
	t.deepEqual(differencesOf('probe-matrix', files, 'x/a[Pod] => x/b[Pod] : TCP 80', {probes}), []);
	t.deepEqual(differencesOf('probe-matrix', files, 'x/a[Pod] => x/b[Pod] : SCTP 80,TCP 80-81', {probes}), [
		'x/a[Pod] => x/b[Pod] TCP 81: expected allow, got deny',
		'x/a[Pod] => x/b[Pod] SCTP 80: expected allow, got deny',
	]);
});

test('an expectation of nothing at all is no pass', t => {
	t.deepEqual(differencesOf('probe-lines', files, ''), ['nothing could be compared']);
});

test('a pod that has ended is asked about as any, however its phase is written', t => {
	for (const phase of ['phase: Succeeded', '"phase": "Failed"', "{ phase: 'Failed' }"]) {
		const written = pods.replace(
			/status: \{ podIP: 10\.1\.0\.10,[^\n]*/,
			`status: { podIP: 10.1.0.10, ${phase.replace(/[{}]/g, '')} }`,
		);
		t.deepEqual(
			differencesOf('probe-lines', {'pods.yaml': written}, 'x/a[Pod] => x/b[Pod] : TCP 80 : allow'),
			[],
			phase,
		);
	}
});

test('what must be refused and is read differs; what is refused for its kind alone does too', t => {
	t.deepEqual(differencesOf('reject', {'policy.yaml': fromA.replace('[Ingress]', '[Inward]')}, 'REJECT'), []);
	t.is(differencesOf('reject', files, 'REJECT').length, 1);
	const calico = 'apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: { name: g }\n';
	t.regex(differencesOf('reject', {'policy.yaml': calico}, 'REJECT')[0]!, /for GlobalNetworkPolicy alone/);
});

test('a difference of two folders has every pair that changed, and no other', t => {
	const folders = {
		'one/input/dir1/pods.yaml': pods,
		'one/input/dir1/policy.yaml': fromA,
		'one/input/dir2/pods.yaml': pods.slice(0, pods.lastIndexOf('---')),
		'one/input/dir2/policy.yaml': openTo('[{ podSelector: {} }]').replace('port: 80', 'port: 81'),
	};
	const removed = (pair: string): string =>
		`diff-type: removed, ${pair}, ref1: ${all}, ref2: No Connections, workloads-diff-info: workload y/c[Pod] removed`;
	const lines = [
		'diff-type: changed, source: x/a[Pod], destination: x/b[Pod], ref1: TCP 80, ref2: TCP 81',
		...['x/a[Pod]', 'x/b[Pod]', `${world}[External]`].map(peer => removed(`source: ${peer}, destination: y/c[Pod]`)),
		...['x/a[Pod]', `${world}[External]`].map(peer => removed(`source: y/c[Pod], destination: ${peer}`)),
	];
	t.deepEqual(differencesOf('connlist-diff', folders, lines.join('\n')), []);
	t.is(differencesOf('connlist-diff', folders, lines.slice(1).join('\n')).length, 1);
	t.is(differencesOf('connlist-diff', folders, lines.join('\n').replace('ref1: TCP 80', 'ref1: TCP 79')).length, 1);
	t.is(differencesOf('connlist-diff', folders, lines.join('\n').replace('workload y/c', 'workload y/d')).length, 1);
});

test('relations of two sets of policies: each sentence, and its opposite', t => {
	const open = openTo('[{ podSelector: {} }]');
	const closed = openTo('[{ podSelector: { matchLabels: { app: z } } }]', 'closed');
	const folders = {
		'r/input/narrow/a.yaml': pods + '---' + fromA,
		'r/input/wide/a.yaml': pods + '---' + open,
		'r/input/same/a.yaml':
			pods +
			'---' +
			openTo('[{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [a] }] } }]', 'other'),
		'r/input/shut/a.yaml': pods + '---' + closed,
		'r/input/free/a.yaml': pods,
		'r/input/fewer/a.yaml': pods.slice(0, pods.lastIndexOf('---')),
	};
	const sentences = [
		'equivalence narrow same : yes',
		'equivalence narrow shut : no',
		'strongEquivalence narrow same : no',
		'strongEquivalence narrow narrow : yes',
		'contained narrow in free : yes',
		'contained free in narrow : no',
		'contained free in fewer : no',
		'permits free all-explicitly-allowed-by narrow : yes',
		'permits shut all-explicitly-allowed-by narrow : no',
		'forbids shut all-explicitly-allowed-by narrow : yes',
		'forbids narrow all-explicitly-allowed-by narrow : no',
		'interferes wide with shut : yes',
		'interferes shut with narrow : no',
		'interferes narrow with free : no',
		'relation narrow same : equivalent',
		'relation narrow free : first-properly-contained-in-second',
		'relation free narrow : second-properly-contained-in-first',
	];
	t.deepEqual(differencesOf('relations', folders, sentences.join('\n')), []);
	for (const sentence of sentences.filter(one => / (yes|no)$/.test(one))) {
		const opposite = sentence.endsWith('yes') ? sentence.replace(/yes$/, 'no') : sentence.replace(/no$/, 'yes');
		t.is(differencesOf('relations', folders, opposite).length, 1, opposite);
	}
	t.is(differencesOf('relations', folders, 'likes narrow wide : yes').length, 1);
});

test('whatever is pure-policy is tried; what is left out has its reason', t => {
	const reason = (features: readonly string[], format = 'connlist'): string | null => {
		const {corpus, one} = writtenCorpus(format, files, '', {features});
		return leftOut(corpus, one);
	};
	t.is(reason(['pure-policy', 'Ingress']), null);
	t.is(reason([]), null);
	t.is(reason(['Ingress']), 'Ingress controllers');
	t.is(reason(['must-reject', 'disputed-strictness'], 'reject'), 'disputed strictness: the API server takes it');
	t.is(reason(['pure-policy'], 'compose-summary'), 'import compose: another capability');
});

test('the last line counts, and the table has a row a source', t => {
	const {one} = writtenCorpus('connlist', files, '');
	const judgement = {checked: 1, differences: []};
	const outcomes = [
		{kind: 'passed', one, judgement},
		{kind: 'failed', one, judgement: {...judgement, differences: ['x']}},
		{kind: 'skipped', one, reason: 'because'},
	] as const;
	t.is(lastLine(outcomes), '1 passed, 1 failed, 1 skipped');
	t.deepEqual(tableLines(outcomes), [
		'source   passed  failed  skipped',
		'written       1       1        1',
		'',
		'left out:',
		'     1  because',
	]);
});
