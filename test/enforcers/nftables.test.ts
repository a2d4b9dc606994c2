import test from 'ava';
import {fabricSite} from '../../core/contracts/enforcer.ts';
import type {Placement} from '../../core/model/policy.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {none} from '../../enforcers/none.ts';
import {allow, deny, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';

const lab = topology({b: {}, a: {services: ['http:80']}, old: {managed: false}, world: {outside: true}});
const stack = policies({denied: 'reject', guardrails: [deny('no', {to: {workload: 'b'}})], rules: [allow('r')]});
const compile = (placement: Placement) => nftables.compile({lab: 'x', topology: lab, stack, placement});

test('one ruleset a workload and one for the fabric, sorted; who has no enforcer gets the table of the control', t => {
	const control = none.compile({lab: 'x', topology: lab, stack, placement: 'host'});
	t.deepEqual(
		compile('host').map(({site}) => site),
		[fabricSite, 'a', 'b', 'old', 'world'],
	);
	t.deepEqual(compile('host').slice(3), control.slice(3));
	t.notDeepEqual(compile('host')[1], control[1]);
});

test('where no policy speaks, nothing is decided', t => {
	const input = {lab: 'x', topology: lab, stack: policies({applies: {workload: 'b'}}), placement: 'host'} as const;
	t.is(nftables.compile(input)[1]!.text, none.compile(input)[1]!.text);
});

test('every rule that logs is one that the stack knows', t => {
	const known = ruleById(stack);
	const logged = compile('host').flatMap(({text}) => [...text.matchAll(/log prefix "fb host \S+ \S+ (\S+)"/g)]);
	t.true(logged.length > 8);
	for (const [, rule] of logged) t.true(known.has(rule!), rule);
});

test('resets are the rules that refuse, and none where denials are dropped', t => {
	t.deepEqual(compile('host')[1]!.resets, ['p0.default', 'p0.g1']);
	const dropped = policies({rules: [allow('r')]});
	t.deepEqual(nftables.compile({lab: 'x', topology: lab, stack: dropped, placement: 'host'})[1]!.resets, []);
});

test('the same rules are the same generation, and other rules another', t => {
	const mark = (name: string, port: string) => {
		const cut = policies({established: 'cut', rules: [allow(name, {on: [port]})]});
		const [, ruleset] = nftables.compile({lab: 'x', topology: lab, stack: cut, placement: 'host'}) as readonly {
			text: string;
		}[];
		return /ct state established ct mark (0x\w+) accept/.exec(ruleset!.text)![1];
	};
	t.is(mark('r', '80/tcp'), mark('r', '80/tcp'));
	t.not(mark('r', '80/tcp'), mark('r', '81/tcp'));
});

test('rules stand where the placement says, and nowhere else', t => {
	const control = none.compile({lab: 'x', topology: lab, stack, placement: 'host'});
	const differing = (placement: Placement) =>
		compile(placement).flatMap(({site, place, judges}, at) =>
			JSON.stringify(compile(placement)[at]) === JSON.stringify(control[at]) ? [] : [`${site} ${place} ${judges}`],
		);
	t.deepEqual(differing('host'), ['a host true', 'b host true']);
	t.deepEqual(differing('fabric'), [`${fabricSite} fabric true`]);
	t.deepEqual(differing('gateway'), [`${fabricSite} gateway true`]);
	t.deepEqual(differing('host+fabric'), [`${fabricSite} fabric true`, 'a host true', 'b host true']);
});

test('workloads that are told the same share their chains in the fabric', t => {
	const many = topology(
		Object.fromEntries(Array.from({length: 40}, (_, at) => [`w-${at + 1}`, {labels: {app: `${at % 2}`}}])),
	);
	const same = policies({rules: [allow('by app', {same: ['app'], on: ['80/tcp']})]});
	const [fabric] = nftables.compile({lab: 'x', topology: many, stack: same, placement: 'fabric'});
	t.is([...fabric!.text.matchAll(/chain (?:egress|ingress)_\d+ /g)].length, 4);
});

test('a lab id that is no identifier is a bug', t => {
	t.throws(() => none.compile({lab: 'x {', topology: lab, stack, placement: 'host'}));
});
