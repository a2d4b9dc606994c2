// What other people expect of the same manifests. Skipped, with the reason, where their cases are not beside the checkout.
import test from 'ava';
import type {Imported} from '../../core/kubernetes/import.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';
import {type Case, corporaMissing, expectedOf, importCase, importCaseAsUsersDo, readCases} from './corpus.ts';
import {compare} from './corpus-comparison.ts';

const withCorpora = corporaMissing === undefined ? test : test.skip;
const reason = corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`;

function usable(parsed: Parsed<Imported>): Imported {
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	return parsed.value;
}

/** Nothing but pods, Services, namespaces and the standard's policies. */
const inScope = ({features, expected_format}: Case): boolean =>
	['connlist', 'probe-matrix', 'probe-lines'].includes(expected_format) && features.includes('pure-policy');

const cases = readCases();

for (const [source, all] of Map.groupBy(cases.filter(inScope), one => one.source))
	test(`${source}: each of its ${all.length} cases in scope is judged as they expect`, t => {
		let checked = 0;
		for (const one of all) {
			const comparison = compare(one, expectedOf(one), usable(importCase(one)));
			checked += comparison.checked;
			t.deepEqual(comparison.wrong.slice(0, 5), [], one.case);
		}
		t.true(checked >= all.length);
	});

withCorpora(`a policy that is left out is noticed, whichever of an application it is${reason}`, t => {
	for (const one of cases.filter(({source}) => source === 'apps-npguard-oracle')) {
		const {topology, stack} = usable(importCase(one));
		const idle = ['cart-access', 'carts-db-access', 'cortex-access'];
		for (const policy of stack.filter(({name}) => !idle.includes(name))) {
			const without = {topology, stack: stack.filter(other => other !== policy)};
			t.true(compare(one, expectedOf(one), without).wrong.length > 0, `${one.case} without ${policy.name}`);
		}
	}
});

const dependenciesOf = (name: string): readonly string[] => {
	const one = cases.find(other => other.source === 'apps-npguard-oracle' && other.case === name)!;
	return usable(importCaseAsUsersDo(one)).topology.dependencies.map(
		({from, to, port, protocol, dangling, source}) =>
			`${source} ${from} -> ${to}:${port}/${protocol}${dangling ? ' dangling' : ''}`,
	);
};

withCorpora(`Online Boutique has 16 dependencies, one dangling, and five kinds that ask for names${reason}`, t => {
	const all = dependenciesOf('gcp-microservices-demo-missing-one-policy');
	t.is(all.filter(one => one.startsWith('imported') && !one.endsWith('dangling')).length, 16);
	t.deepEqual(
		all.filter(one => one.endsWith('dangling')),
		['imported frontend -> shoppingassistantservice:80/tcp dangling'],
	);
	t.is(all.filter(one => /^assumed \w+ -> kube-dns:53\/udp$/.test(one)).length, 5);
	t.true(all.includes('imported checkoutservice -> emailservice:8080/tcp'), 'the pods’ port, not the Service’s 5000');
});

withCorpora(`sock-shop names one Service, and one that is elsewhere; the voting app names none${reason}`, t => {
	t.deepEqual(dependenciesOf('sock-shop-with-policies'), [
		'assumed shipping -> kube-dns:53/udp',
		'imported shipping -> zipkin.jaeger:0/tcp dangling',
		'assumed user -> kube-dns:53/udp',
		'imported user -> user-db:27017/tcp',
	]);
	t.deepEqual(dependenciesOf('example-voting-app'), []);
});

withCorpora(`manifests that must be refused are, but for those that only some tools refuse${reason}`, t => {
	const wrong = cases.filter(
		({expected_format, features}) => expected_format === 'reject' && !features.includes('disputed-strictness'),
	);
	t.true(wrong.length > 50);
	t.deepEqual(
		wrong.filter(one => importCase(one).kind === 'ok').map(one => one.case),
		[],
	);
});

withCorpora(`no guardrail and no baseline is idle in all of the conformance tests together${reason}`, t => {
	const idle = new Map<string, boolean>();
	for (const one of cases.filter(({source}) => source.startsWith('npapi-conformance'))) {
		const {topology, stack} = usable(importCase(one));
		for (const policy of stack.filter(({dialect, isolates}) => dialect === 'kubernetes' && !isolates)) {
			const without = {topology, stack: stack.filter(other => other !== policy)};
			const key = `${one.source} ${policy.name}`;
			if (idle.get(key) !== false) idle.set(key, compare(one, expectedOf(one), without).wrong.length === 0);
		}
	}
	t.deepEqual(
		[...idle].filter(([, same]) => same).map(([key]) => key),
		[],
	);
});
