import test from 'ava';
import {endsJudge} from '../../core/attack/judge-ends.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Placement, Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {attackTopology} from '../builders/attack-world.ts';
import {allow, policies} from '../builders/policy.ts';

const world = attackTopology({wiki: {}, web: {}, db: {services: ['postgres:5432']}});
const stack = policies({
	directions: ['ingress'],
	rules: [allow('web calls db', {from: {workload: 'web'}, to: {workload: 'db'}, on: ['5432/tcp']})],
});
const flowOf = (from: string, topology: Topology = world): Flow => {
	const end = (name: string) => {
		const {address} = topology.workloads.find(one => one.name === name)!.addresses[0]!;
		return {workload: name, address};
	};
	return {source: end(from), destination: end('db'), family: 4, protocol: 'tcp', port: 5432};
};
const judgeOf = (placement: Placement, policy: Stack = stack, topology: Topology = world) =>
	endsJudge({topology, stack: policy, evaluator: createEvaluator(topology, policy), placement});
const wiki = world.workloads.find(({name}) => name === 'wiki')!;

const words = [
	['host', 'allow', 'p0.r1'],
	['fabric', 'deny', 'fixed.spoofed'],
	['host+fabric', 'deny', 'fixed.spoofed'],
] as const;
for (const [placement, action, rule] of words)
	test(`at ${placement} a packet of wiki that says it is web's: ${action} by ${rule}`, t => {
		const {verdict} = judgeOf(placement).spoofed(flowOf('web'), wiki)!;
		t.is(verdict.action, action);
		t.is(verdict.rule.id, rule);
	});

test("a sender's own rules judge what it sends under another's name, and say so in its log", t => {
	const both = policies({rules: [allow('web calls db', {from: {workload: 'web'}, to: {workload: 'db'}})]});
	const {evidence} = judgeOf('host', both).spoofed(flowOf('web'), wiki)!;
	t.deepEqual(evidence.logs, [{direction: 'egress', decision: 'deny', rule: 'p0.default', placement: 'host'}]);
});

test('rules that look at the sender’s address leave open what they say of a foreign one', t => {
	const two: Topology = {
		...world,
		workloads: world.workloads.map(one =>
			one.name === 'wiki'
				? {...one, addresses: [...one.addresses, {family: 4, address: '10.9.0.1', segment: null}]}
				: one,
		),
	};
	const looking = policies({
		directions: ['egress'],
		rules: [allow('from one address', {from: {cidr: '10.9.0.1/32'}, to: {workload: 'db'}})],
	});
	const sender = two.workloads.find(({name}) => name === 'wiki')!;
	t.is(judgeOf('host', looking, two).spoofed(flowOf('web', two), sender), undefined);
});

for (const placement of ['host', 'fabric', 'host+fabric'] as const)
	test(`at ${placement} a tampered receiver is ${placement === 'host' ? 'judged by nobody' : 'judged in the fabric'}, and its host logs nothing`, t => {
		const judge = judgeOf(placement);
		t.is(judge.judge(flowOf('wiki'), 'open', false).verdict.action, 'deny');
		judge.tampered.add('db');
		const {verdict, evidence} = judge.judge(flowOf('wiki'), 'open', false);
		t.is(verdict.action, placement === 'host' ? 'allow' : 'deny');
		t.false(evidence.logs.some(log => log.placement === 'host' && log.direction === 'ingress'));
	});

test('a connection from before the policy is judged where its policy cuts, and nowhere else', t => {
	const cutting = policies({established: 'cut'});
	t.is(judgeOf('host', cutting).judge(flowOf('wiki'), 'open', true).verdict.action, 'deny');
	const kept = judgeOf('host').judge(flowOf('wiki'), 'open', true);
	t.is(kept.verdict.action, 'allow');
	t.deepEqual(kept.evidence.logs, []);
});
