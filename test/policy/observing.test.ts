// LANGUAGE "Observing", and what each end logs of it.
import test from 'ava';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {expectedLogs} from '../../core/policy/expected-logs.ts';
import {flow} from '../builders/flow.ts';
import {allow, deny, pass, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';
import {verdicts} from './verdict-table.ts';

const lab = topology({
	web: {labels: {tier: 'web'}},
	db: {labels: {tier: 'db'}, segments: ['data']},
	far: {segments: ['data'], managed: false},
});

verdicts(
	'a policy that observes decides nothing, and says what it would have denied',
	{topology: lab, stack: policies({mode: 'observe', rules: [allow('r', {on: ['1/tcp']})]})},
	[
		['web', 'db:1', 'allow none'],
		['web', 'db:2', 'allow none, would deny p0.default'],
	],
);

verdicts(
	'enforce is a ring: outside of it the policy observes',
	{topology: lab, stack: policies({enforce: {tier: 'db'}, directions: ['ingress']})},
	[
		['web', 'db:1', 'deny p0.default'],
		['db', 'web:1', 'allow none, would deny p0.default'],
	],
);

verdicts(
	'a single deny may observe, and what observes may have allowed what is denied',
	{
		topology: lab,
		stack: policies(
			{
				default: 'allow',
				guardrails: [deny('seen', {to: {tier: 'db'}, mode: 'observe'}), deny('held', {to: {tier: 'web'}})],
			},
			{mode: 'observe', default: 'allow', rules: []},
		),
	},
	[
		['web', 'db:1', 'allow p0.default, would deny p0.g1'],
		['db', 'web:1', 'deny p0.g2'],
	],
);

verdicts(
	'would allow: an observed pass jumps over a guardrail in force',
	{
		topology: lab,
		stack: policies(
			{mode: 'observe', default: 'allow', guardrails: [pass('over')]},
			{default: 'allow', guardrails: [deny('held', {to: {tier: 'db'}})]},
		),
	},
	[['web', 'db:1', 'deny p1.g1, would allow p0.default']],
);

test('each end logs its decision and, where it differs, its observation; a denied packet never arrives', t => {
	const stack = policies(
		{default: 'allow', guardrails: [deny('up', {from: {tier: 'db'}})]},
		{mode: 'observe', applies: {tier: 'db'}},
	);
	const {ends, stands} = createEvaluator(lab, stack);
	const logs = (from: string, to: string) =>
		expectedLogs(ends(flow(from, to), 'host'), stands(flow(from, to), 'host')).map(
			log => `${log.direction} ${log.decision} ${log.rule}`,
		);
	t.deepEqual(logs('web', 'db:1'), [
		'egress allow p0.default',
		'ingress allow p0.default',
		'ingress would-deny p1.default',
	]);
	t.deepEqual(logs('db', 'web:1'), ['egress deny p0.g1']);
	t.deepEqual(logs('web', 'far:1'), ['egress allow p0.default', 'ingress allow none']);
});

test('placement says who judges: unmanaged workloads at the fabric too, a gateway nothing inside a segment', t => {
	const {verdict} = createEvaluator(lab, policies({applies: {segment: {not: 'x'}}}));
	const judged = (from: string, to: string, placement: 'host' | 'fabric' | 'gateway') => {
		const {egress, ingress} = verdict(flow(from, to), placement);
		return `${egress === null ? '-' : egress.action} ${ingress === null ? '-' : ingress.action}`;
	};
	t.is(judged('web', 'far:1', 'host'), 'deny -');
	t.is(judged('web', 'far:1', 'fabric'), 'deny deny');
	t.is(judged('far', 'db:1', 'gateway'), '- -');
	t.is(judged('web', 'db:1', 'gateway'), 'deny deny');
});
