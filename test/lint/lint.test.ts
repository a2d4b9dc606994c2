import test from 'ava';
import {findingKinds} from '../../core/lint/kinds.ts';
import {lint} from '../../core/lint/lint.ts';
import {lintSubject} from '../../core/lint/subject.ts';
import {renderFlow} from '../../core/model/flow.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {samePorts} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {allow, policies} from '../builders/policy.ts';
import {randomCase} from '../builders/random.ts';
import {topology} from '../builders/topology.ts';
import {findings, today} from './linted.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

test('every witness is a flow of the topology, and the evaluator says of it what the finding says', t => {
	let witnesses = 0;
	const ids = new Set<string>();
	for (let seed = firstSeed; seed < firstSeed + 200; seed++) {
		const {topology: lab, stack} = randomCase(seed);
		const evaluator = createEvaluator(lab, stack);
		for (const {id, witness, severity, what} of lint({topology: lab, stack, placement: 'host', today})) {
			ids.add(id);
			t.true(findingKinds.find(kind => kind.id === id)!.severities.includes(severity), `${id} ${severity}`);
			if (witness === null) continue;
			witnesses++;
			const verdict = evaluator.verdict(witness.flow, 'host');
			const about = `seed ${seed} ${id}: ${what}; ${renderFlow(witness.flow)}`;
			t.is(verdict.action, witness.action, about);
			t.is(verdict.rule.id, witness.rule.id, about);
			for (const {workload, address} of [witness.flow.source, witness.flow.destination])
				t.true(
					workload === null ||
						lab.workloads.some(one => one.name === workload && one.addresses.some(own => own.address === address)),
					about,
				);
		}
	}
	t.true(witnesses > 150, `${witnesses}`);
	t.true(ids.size >= 9, [...ids].join());
});

test('what may pass between two ends is what the reach of the same stack says', t => {
	let compared = 0;
	for (let seed = firstSeed; seed < firstSeed + 100; seed++) {
		const {topology: lab, stack} = randomCase(seed, {multiHomed: false});
		const subject = lintSubject({topology: lab, stack, placement: 'host', today});
		const reach = createReach(lab, stack, {beyond: 'addresses'});
		for (const source of subject.ends.all)
			for (const destination of subject.ends.all) {
				if (source.family !== destination.family) continue;
				const [from, to] = [source.endClass.index, destination.endClass.index];
				compared++;
				if (!samePorts(subject.open(source, destination), reach.open(from, to, source.family)))
					t.fail(`seed ${seed}: ${source.address} -> ${destination.address}`);
			}
	}
	t.true(compared > 5000, `${compared}`);
});

test('ids are words that a pipeline can name, each once, and each kind says what it looks for', t => {
	const ids = findingKinds.map(({id}) => id);
	t.is(new Set(ids).size, ids.length);
	for (const {id, title, looksFor, severities} of findingKinds) {
		t.regex(id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
		t.true(title.length > 10 && looksFor.endsWith('.') && severities.length > 0, id);
	}
});

const lab = topology({'web-1': {labels: {tier: 'web'}}, 'web-2': {labels: {tier: 'web'}}, db: {labels: {tier: 'db'}}});

test('an empty stack has nothing to find', t => t.deepEqual(findings(lab), []));

test('a note is past the day after its last day, and not on it', t => {
	const [policy] = policies({rules: [allow('r', {from: {tier: 'web'}, to: {tier: 'db'}})]});
	const told = (until: string): number => {
		const rules = policy!.rules.map(rule => ({...rule, note: {until, ticket: 'NET-1'}}));
		const all = lint({topology: lab, stack: [{...policy!, rules}], placement: 'host', today});
		return all.filter(({id}) => id === 'expired-note').length;
	};
	t.deepEqual(['2026-05-31', today, '2027-01-01'].map(told), [1, 0, 0]);
});
