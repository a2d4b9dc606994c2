import test from 'ava';
import {FirebreakError} from '../../core/model/failure.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {none} from '../../enforcers/none.ts';
import {allow, deny, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';

const lab = topology({b: {}, a: {services: ['http:80']}, old: {managed: false}, world: {outside: true}});
const stack = policies({denied: 'reject', guardrails: [deny('no', {to: {workload: 'b'}})], rules: [allow('r')]});
const compile = (placement: 'host' | 'gateway') => nftables.compile({lab: 'x', topology: lab, stack, placement});

test('one ruleset a workload, sorted; who has no enforcer gets the table of the control', t => {
	const control = none.compile({lab: 'x', topology: lab, stack, placement: 'host'});
	t.deepEqual(
		compile('host').map(({site}) => site),
		['a', 'b', 'old', 'world'],
	);
	t.deepEqual(compile('host').slice(2), control.slice(2));
	t.notDeepEqual(compile('host')[0], control[0]);
});

test('where no policy speaks, nothing is decided', t => {
	const input = {lab: 'x', topology: lab, stack: policies({applies: {workload: 'b'}}), placement: 'host'} as const;
	t.is(nftables.compile(input)[0]!.text, none.compile(input)[0]!.text);
});

test('every rule that logs is one that the stack knows', t => {
	const known = ruleById(stack);
	const logged = compile('host').flatMap(({text}) => [...text.matchAll(/log prefix "fb host \S+ \S+ (\S+)"/g)]);
	t.true(logged.length > 8);
	for (const [, rule] of logged) t.true(known.has(rule!), rule);
});

test('resets are the rules that refuse, and none where denials are dropped', t => {
	t.deepEqual(compile('host')[0]!.resets, ['p0.default', 'p0.g1']);
	const dropped = policies({rules: [allow('r')]});
	t.deepEqual(nftables.compile({lab: 'x', topology: lab, stack: dropped, placement: 'host'})[0]!.resets, []);
});

test('the same rules are the same generation, and other rules another', t => {
	const mark = (name: string, port: string) => {
		const cut = policies({established: 'cut', rules: [allow(name, {on: [port]})]});
		const [ruleset] = nftables.compile({lab: 'x', topology: lab, stack: cut, placement: 'host'}) as readonly {
			text: string;
		}[];
		return /ct state established ct mark (0x\w+) accept/.exec(ruleset!.text)![1];
	};
	t.is(mark('r', '80/tcp'), mark('r', '80/tcp'));
	t.not(mark('r', '80/tcp'), mark('r', '81/tcp'));
});

test('another placement is refused by a code, and a lab id that is no identifier is a bug', t => {
	const refused = t.throws(() => compile('gateway'), {instanceOf: FirebreakError});
	t.is((refused as FirebreakError).code, 'placement-unavailable');
	t.throws(() => none.compile({lab: 'x {', topology: lab, stack, placement: 'host'}));
});
