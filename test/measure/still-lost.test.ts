import test from 'ava';
import {stillLost} from '../../core/measure/still-lost.ts';
import {timeline} from '../../core/measure/timeline.ts';
import {attack} from '../builders/attack-run.ts';
import {denied, open} from '../builders/evidence.ts';
import {flow} from '../builders/flow.ts';
import {need, needing, rules} from '../builders/measuring.ts';
import {addressOf, topology} from '../builders/topology.ts';

const lab = needing(
	topology({
		'wiki.dev': {services: ['http:80']},
		'deploy.ops': {services: ['ssh:22']},
		'api.prod': {services: ['ssh:22']},
		'db.prod': {services: ['postgres:5432'], jewel: true},
	}),
	[need('deploy.ops -> api.prod:22'), need('api.prod -> db.prod:5432')],
);

const falls = [
	'wiki.dev -> deploy.ops:22 by exploit-service',
	'deploy.ops -> api.prod:22 by reuse-ssh-key',
	'api.prod -> db.prod:5432 by reuse-password',
] as const;
const evidence = [
	[denied(flow('wiki.dev', 'api.prod:22')), open(flow('wiki.dev', 'deploy.ops:22'), 'p0.r1')],
	[open(flow('deploy.ops', 'api.prod:22'), 'none', 'p0.r2')],
	[open(flow('api.prod', 'db.prod:5432'), 'p0.g1')],
];

test('each loss has its whole way, and each step the rule whose log let it pass', t => {
	const [jewel] = stillLost(lab, attack('wiki.dev', falls, {evidence}), rules);
	t.is(jewel?.kind, 'db.prod');
	t.deepEqual(
		jewel?.path.map(({from, to, technique, rule}) => [from, to, technique, rule?.id]),
		[
			['wiki.dev', 'deploy.ops', 'exploit-service', 'p0.r1'],
			['deploy.ops', 'api.prod', 'reuse-ssh-key', 'p0.r2'],
			['api.prod', 'db.prod', 'reuse-password', 'p0.g1'],
		],
	);
	t.is(jewel?.path[0]?.rule?.where, 'p0.policy.yaml:3');
});

test('jewels come first, whatever their name', t => {
	const names = stillLost(lab, attack('wiki.dev', falls, {evidence}), rules).map(({kind}) => kind);
	t.deepEqual(names, ['db.prod', 'api.prod', 'deploy.ops']);
});

test('the step to cut is one that no dependency needs', t => {
	const [jewel] = stillLost(lab, attack('wiki.dev', falls, {evidence}), rules);
	t.deepEqual(jewel?.cut, {step: 0, neededBy: []});
});

test('where every step is needed, the step to cut names who needs it', t => {
	const needed = needing(lab, [...lab.dependencies, need('wiki.dev -> deploy.ops:22')]);
	const [jewel] = stillLost(needed, attack('wiki.dev', falls, {evidence}), rules);
	t.deepEqual(jewel?.cut, {step: 1, neededBy: ['deploy.ops -> api.prod:22/tcp']});
});

test('with no policy in force there is no rule and no step to cut', t => {
	const flat = [[open(flow('wiki.dev', 'deploy.ops:22'))]];
	const [lost] = stillLost(lab, attack('wiki.dev', falls.slice(0, 1), {evidence: flat}), rules);
	t.is(lost?.path[0]?.rule, null);
	t.is(lost?.cut, null);
});

test('the timeline names the deciding rule, and workloads by their names', t => {
	const run = attack('wiki.dev', falls, {evidence});
	const [first] = run.timeline;
	const sweep = {
		...first!,
		action: 1,
		technique: 'discover-services' as const,
		to: addressOf('deploy.ops', 4),
		port: null,
		result: 'denied' as const,
	};
	const entries = timeline(lab, {...run, timeline: [sweep, ...run.timeline.slice(1)]}, rules);
	t.deepEqual(
		entries.map(({to, port, rule}) => [to, port, rule?.id]),
		[
			['deploy.ops', null, 'p0.default'],
			['api.prod', '22/tcp', 'p0.r2'],
			['db.prod', '5432/tcp', 'p0.g1'],
		],
	);
});

test('a step through a relay has the rule that let the relay pass, and is cut there', t => {
	const through = [denied(flow('wiki.dev', 'db.prod:5432')), open(flow('wiki.dev', 'deploy.ops:22'), 'p0.r1')];
	const run = attack('wiki.dev', ['wiki.dev -> deploy.ops:22', 'wiki.dev -> db.prod:5432 by proxy-through'], {
		evidence: [
			[open(flow('wiki.dev', 'deploy.ops:22'), 'p0.r1')],
			[...through, open(flow('deploy.ops', 'db.prod:5432'), 'p0.g1')],
		],
	});
	const falls = run.falls.map(fall => (fall.workload === 'db.prod' ? {...fall, via: 'deploy.ops'} : fall));
	const [jewel] = stillLost(lab, {...run, falls}, rules);
	t.like(jewel?.path[0], {from: 'wiki.dev', to: 'db.prod', via: 'deploy.ops', technique: 'proxy-through'});
	t.is(jewel?.path[0]?.rule?.id, 'p0.g1');
	t.deepEqual(jewel?.cut, {step: 0, neededBy: []});
});

test('what got out names the rule that let it, though its action has no port', t => {
	const run = attack('wiki.dev', ['wiki.dev -> deploy.ops:22'], {
		evidence: [[denied(flow('wiki.dev', 'api.prod:443')), open(flow('wiki.dev', 'api.prod:22'), 'p0.r2')]],
	});
	const action = {...run.timeline[0]!, technique: 'exfiltrate' as const, port: null, compromised: null};
	t.is(timeline(lab, {...run, timeline: [action]}, rules)[0]?.rule?.id, 'p0.r2');
});
