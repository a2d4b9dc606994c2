// Printed lines, parsed again, against what netpol-analyzer prints for the same manifests.
import test from 'ava';
import {renderConnlist, renderProbeLines} from '../../cli/matrix/connlist.ts';
import {parseProbes} from '../../cli/matrix/probes.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {connectionsOf} from '../../core/reach/connections.ts';
import {
	type Case,
	corporaMissing,
	expectedOf,
	importCase,
	isRange,
	type Line,
	parseExpected,
	readCases,
	toNumber,
} from '../kubernetes/corpus.ts';

const withCorpora = corporaMissing === undefined ? test : test.skip;
const reason = corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`;

/** Two Jobs of minikube_resources whose pods have ended: the importer leaves them out and says so. */
const ended = /^missing .*ingress-nginx-admission-(create|patch)\[Job\]/;

/** What this importer reads: no kinds of policy that it refuses. */
const readable = (one: Case): boolean => importCase(one).kind === 'ok';
const cases = readCases().filter(({features}) => features.includes('pure-policy'));

function printed(one: Case, render: typeof renderConnlist): readonly Line[] {
	const imported = importCase(one);
	if (imported.kind === 'wrong') throw new Error(imported.problems.map(renderProblem).join('\n'));
	const {topology, stack} = imported.value;
	const probes = one.probes === undefined ? null : parseProbes(one.probes.join(' '));
	if (probes?.kind === 'wrong') throw new Error(probes.problems.map(renderProblem).join('\n'));
	const connections = connectionsOf(topology, stack, probes === null ? {} : {only: probes.ports});
	return parseExpected([...render(connections)].join(''));
}

/** Where a range of addresses of either list begins or ends: ranges are cut there, so that equal sets are equal lists. */
const bordersOf = (lines: readonly Line[]): readonly number[] =>
	[
		...new Set(
			lines
				.flatMap(({source, destination}) => [source, destination])
				.filter(isRange)
				.flatMap(range => {
					const [first, last = first] = range.split('-').map(toNumber) as [number, number?];
					return [first, last + 1];
				}),
		),
	].sort((a, b) => a - b);

function pieces(peer: string, borders: readonly number[]): readonly string[] {
	if (!isRange(peer)) return [peer];
	const [first, last = first] = peer.split('-').map(toNumber) as [number, number?];
	return borders.filter(border => border >= first && border <= last).map(border => `from ${border}`);
}

/** `SRC => DST TCP 1-65535`, sorted. */
const tuples = (lines: readonly Line[], borders: readonly number[]): readonly string[] =>
	lines
		.flatMap(({source, destination, open}) =>
			pieces(source, borders).flatMap(from =>
				pieces(destination, borders).flatMap(to =>
					open.map(({protocol, first, last}) => `${from} => ${to} ${protocol} ${first}-${last}`),
				),
			),
		)
		.sort();

function differences(one: Case, render: typeof renderConnlist): readonly string[] {
	const [wanted, found] = [expectedOf(one), printed(one, render)];
	const borders = bordersOf([...wanted, ...found]);
	const [left, right] = [new Set(tuples(wanted, borders)), new Set(tuples(found, borders))];
	return [
		...[...left].filter(tuple => !right.has(tuple)).map(tuple => `missing ${tuple}`),
		...[...right].filter(tuple => !left.has(tuple)).map(tuple => `too much ${tuple}`),
	];
}

withCorpora(`a connlist, parsed again, is what netpol-analyzer expects of each plain case that is read${reason}`, t => {
	const plain = cases.filter(
		one =>
			one.expected_format === 'connlist' &&
			(one.features.includes('plain-connlist') || one.features.includes('oracle-computed')) &&
			!one.features.includes('pod-level') &&
			readable(one),
	);
	t.true(plain.length >= 60, `${plain.length}`);
	for (const one of plain) {
		const wrong = differences(one, renderConnlist).filter(line => !ended.test(line));
		t.deepEqual(wrong.slice(0, 5), [], `${one.source} ${one.case}`);
	}
});

withCorpora(`probe lines, parsed again, are cyclonus’s and the recipes’ tables, every pair of them${reason}`, t => {
	const matrices = cases.filter(one => one.expected_format === 'probe-matrix' && readable(one));
	t.true(matrices.length >= 130, `${matrices.length}`);
	for (const one of matrices) {
		t.is(printed(one, renderProbeLines).length, expectedOf(one).length, one.case);
		t.deepEqual(differences(one, renderProbeLines).slice(0, 5), [], one.case);
	}
});
