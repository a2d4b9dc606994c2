import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import type {Ruleset} from '../../core/contracts/enforcer.ts';
import {createInForce, type Rules} from '../../lab/in-force.ts';
import {propagationOf} from '../../lab/propagation.ts';

const rules = (name: string): Rules => ({
	inForce: {name, stack: [], placement: 'host', observed: false},
	rulesets: [{site: name, place: 'host', judges: true, table: 't', text: '', resets: []}],
});

function holder(refuse: (rulesets: readonly Ruleset[]) => boolean = () => false) {
	const loaded: string[] = [];
	const changes: string[] = [];
	const troubles: unknown[] = [];
	const held = createInForce(rules('first'), {
		async load(rulesets) {
			if (refuse(rulesets)) throw new Error('refused');
			loaded.push(rulesets[0]!.site);
			return {applyMs: 1, propagation: propagationOf([], 0)};
		},
		onChange: ({now: {name}}, _, why) => changes.push(`${name} ${why}`),
		onTrouble: error => troubles.push(error),
	});
	return {held, loaded, changes, troubles};
}

test('what nobody confirms in time goes, and what was confirmed last comes back', async t => {
	const {held, loaded, changes} = holder();
	await held.put(rules('second'));
	await held.put(rules('third'), 30);
	t.is(held.state.until?.back, 'second');
	await held.put(rules('fourth'), 30);
	t.is(held.state.until?.back, 'second', 'what was never confirmed never comes back');
	await wait(80);
	t.is(held.state.now.name, 'second');
	t.is(held.state.until, null);
	t.deepEqual(loaded, ['second', 'third', 'fourth', 'second']);
	t.is(changes.at(-1), 'second reverted');
});

test('what is confirmed stays, and is what later trials go back to', async t => {
	const {held} = holder();
	await held.put(rules('second'), 30);
	t.is(held.confirm(), 'second');
	t.is(held.confirm(), null);
	await wait(60);
	t.is(held.state.now.name, 'second');
	await held.put(rules('third'), 20);
	await wait(60);
	t.is(held.state.now.name, 'second');
});

test('a policy put in force for good is not taken away by the trial before it', async t => {
	const {held} = holder();
	await held.put(rules('trial'), 30);
	await held.put(rules('good'));
	await wait(60);
	t.is(held.state.now.name, 'good');
});

test('rules that are refused change nothing: the trial before them still ends', async t => {
	const {held, troubles} = holder(([first]) => first!.site === 'bad');
	await held.put(rules('trial'), 40);
	await t.throwsAsync(held.put(rules('bad')), {message: 'refused'});
	t.is(held.state.now.name, 'trial');
	await wait(80);
	t.is(held.state.now.name, 'first');
	t.deepEqual(troubles, []);
});

test('where the rules of before cannot be put back, that is told and never thrown away', async t => {
	const {held, troubles} = holder(([first]) => first!.site === 'first');
	await held.put(rules('trial'), 20);
	await wait(60);
	t.is(troubles.length, 1);
	t.is(held.state.now.name, 'trial');
});
