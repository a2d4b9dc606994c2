import test from 'ava';
import {withQuarantine} from '../../../core/policy/quarantine.ts';
import {entries, newest} from '../../../tui/console/history.ts';
import {brokenKinds} from '../../../tui/console/world/broken-kinds.ts';
import {gauges} from '../../../tui/console/world/gauges.ts';
import {cellKey} from '../../../tui/console/world/world.ts';
import {denied, open} from '../../builders/evidence.ts';
import {flow} from '../../builders/flow.ts';
import {acted, after, applied, atFirst, probed, started, strict} from './some-world.ts';

test('who is tried, who falls and who is a pivot follow from the actions alone', t => {
	const {fates} = after(
		started('wiki.dev'),
		acted({from: 'wiki.dev', to: 'web-1.prod', compromised: 'web-1.prod', pivot: true}),
		acted({from: 'web-1.prod', to: 'db.prod', result: 'denied'}),
		acted({from: 'web-1.prod', to: '198.51.100.0/24', result: 'nothing'}),
	);
	t.deepEqual(
		[...fates].map(([name, {state, foothold, denied: stopped}]) => [name, state, foothold, stopped]),
		[
			['wiki.dev', 'pivot', true, 0],
			['web-1.prod', 'pivot', false, 0],
			['db.prod', 'tried', false, 1],
		],
	);
	t.is(fates.get('web-1.prod')!.from, 'wiki.dev');
});

test('what was tried once and fell later has fallen; what fell is not merely tried again', t => {
	const {fates} = after(
		started('wiki.dev'),
		acted({from: 'wiki.dev', to: 'db.prod', result: 'denied'}),
		acted({from: 'wiki.dev', to: 'db.prod', compromised: 'db.prod'}),
		acted({from: 'wiki.dev', to: 'db.prod', result: 'denied'}),
	);
	t.like(fates.get('db.prod'), {state: 'compromised', denied: 2});
});

test('a denied step names the rule of the policy that was in force then', t => {
	const world = after(
		applied('strict', strict),
		started('wiki.dev'),
		acted({from: 'wiki.dev', to: 'web-1.prod', result: 'denied'}, [denied(flow('wiki.dev', 'web-1.prod:80'))]),
	);
	const step = newest(world.timeline)!;
	t.is(step.kind === 'action' && step.rule?.name, 'default');
	t.is(newest(world.verdicts)?.decision, 'deny');
	t.is(world.hits.get('p0.default')?.count, 1);
	t.is(world.lastRule, 'p0.default');
});

test('the gauges count kinds but the foothold’s, and only dependencies that are known', t => {
	t.like(gauges(atFirst()), {lost: 0, others: 3, jewels: 1, broken: null, dependencies: 1});
	const world = after(
		started('wiki.dev'),
		acted({from: 'wiki.dev', to: 'web-1.prod', compromised: 'web-1.prod', pivot: true}),
		acted({from: 'web-1.prod', to: 'db.prod', compromised: 'db.prod'}),
		probed(open(flow('web-1.prod', 'db.prod:5432'))),
		probed(denied(flow('web-2.prod', 'db.prod:5432'))),
		probed(denied(flow('wiki.dev', 'db.prod:5432'))),
	);
	t.like(gauges(world), {lost: 2, others: 2, jewelsLost: 1, broken: 1, probed: 1});
	t.deepEqual([...brokenKinds(world)], ['web.prod', 'wiki.dev']);
	t.is(world.measured.get(cellKey('web.prod', 'db.prod', 'tcp', 5432)), 'mixed');
});

test('under another policy nothing is known to be broken or reachable before it is probed', t => {
	const world = after(probed(denied(flow('web-1.prod', 'db.prod:5432'))), applied('strict', strict));
	t.is(gauges(world).broken, null);
	t.is(world.measured.size, 0);
	t.is(world.policy.rules.get('p0.r1')?.name, 'web calls db');
});

test('quarantine is what the policy in force says', t => {
	const stack = withQuarantine(strict, ['db.prod']);
	t.deepEqual([...after(applied('strict', stack)).quarantined], ['db.prod']);
	t.deepEqual([...after(applied('strict', stack), applied('strict', strict)).quarantined], []);
});

test('a reset forgets who fell, and keeps what was said', t => {
	const world = after(started('wiki.dev'), acted({from: 'wiki.dev', to: 'db.prod', compromised: 'db.prod'}), {
		kind: 'lab-reset',
		atMs: 50,
	});
	t.is(world.fates.size, 0);
	t.is(world.attack, null);
	t.is(entries(world.timeline).length, 2);
});

test('a world is never changed by what comes after it', t => {
	const before = after(started('wiki.dev'), probed(open(flow('web-1.prod', 'db.prod:5432'))));
	const copy = structuredClone({...before, rehearsal: null, policy: null});
	after(
		started('wiki.dev'),
		probed(denied(flow('web-2.prod', 'db.prod:5432'))),
		acted({from: 'wiki.dev', to: 'db.prod'}),
	);
	t.deepEqual(structuredClone({...before, rehearsal: null, policy: null}), copy);
});
