import test from 'ava';
import {marks, unmarked} from '../../../tui/console/explain/marked.ts';
import {added} from '../../../tui/console/history.ts';
import {explainView} from '../../../tui/console/panes/explain-view.ts';
import type {Verdict, World} from '../../../tui/console/world/world.ts';
import {textOf} from '../../../tui/line.ts';
import {drawn, golden} from './pane-golden.ts';
import {attackedWorld, loadReady, looking, probedWorld, quietWorld} from './pane-worlds.ts';

const shop = await loadReady('shop');

for (const candidate of ['flat', 'segmented', 'too-tight'])
	test(`golden: the last denial under ${candidate}`, async t => {
		const world = await attackedWorld(shop, await probedWorld(shop, candidate));
		golden(t, `explain-${candidate}`, explainView, looking(world));
	});

const question = (from: string, to: string, port: string) => ({question: {from, to, port}});

test('golden: a dependency that too-tight breaks, asked for', async t => {
	const world = await probedWorld(shop, 'too-tight');
	golden(t, 'explain-asked', explainView, looking(world, question('worker.prod', 'queue.prod', 'amqp')));
});

const verdict = (from: string, by: Verdict['by'], decision: Verdict['decision'], atMs: number): Verdict => ({
	...{from, to: 'db.prod', family: 4, protocol: 'tcp', port: 5432, decision, rule: null, by, site: null, atMs},
});
const withVerdicts = (world: World, ...list: readonly Verdict[]): World => ({
	...world,
	verdicts: list.reduce((all, one) => added(all, one, new WeakSet()), world.verdicts),
	clockMs: 9000,
});
const seen = (world: World, size: readonly [number, number] = [100, 50]): string =>
	drawn(explainView, looking(world), size).join('\n');

test('the newest denial that an attacker or a program met comes before the thousands of probes', t => {
	const quiet = quietWorld(shop, 'segmented');
	const probes = Array.from({length: 100}, () => verdict('web.dev', 'probe', 'deny', 5000));
	const world = withVerdicts(
		quiet,
		verdict('wiki.dev', 'traffic', 'deny', 4000),
		...probes,
		verdict('api.dev', 'attack', 'allow', 6000),
	);
	t.regex(seen(world), /the last denial, 5\.0 s ago, met by a program[\s\S]*wiki\.dev ▸ db\.prod:5432\/tcp {3}DENIED/);
	t.regex(seen(withVerdicts(quiet, ...probes)), /met by a probe/);
	t.regex(seen(withVerdicts(quiet, verdict('api.dev', 'attack', 'allow', 1))), /nothing was denied so far/);
});

test('while things move, a denial is explained for two seconds before the next, and while they stand the newest is', t => {
	const world = withVerdicts(
		quietWorld(shop, 'segmented'),
		verdict('wiki.dev', 'attack', 'deny', 7500),
		verdict('api.dev', 'attack', 'deny', 8200),
	);
	t.regex(seen({...world, clockMs: 9000}), /wiki\.dev ▸ db\.prod/);
	t.regex(seen({...world, clockMs: 9999}), /wiki\.dev ▸ db\.prod/);
	t.regex(seen({...world, clockMs: 10_000}), /api\.dev ▸ db\.prod/);
	const paused = looking({...world, clockMs: 9000}, {attackPace: {paused: true, speed: 1}});
	t.regex(drawn(explainView, paused, [100, 50]).join('\n'), /api\.dev ▸ db\.prod/);
});

test('a denial of the policy before is said to be one, and is explained under the one in force', t => {
	const world = withVerdicts(quietWorld(shop, 'flat'), verdict('wiki.dev', 'attack', 'deny', 10));
	const later = {...world, policy: {...world.policy, sinceMs: 500}};
	t.regex(seen(later), /of the policy before this one/);
	t.regex(seen(later), /ALLOWED/);
});

for (const [asked, says] of [
	[['webb.prod', 'db.prod', '5432'], /there is no workload webb\.prod: did you mean web\.prod\?/],
	[['web.prod', 'dbb.prod', '5432'], /there is no workload dbb\.prod: did you mean db\.prod\?/],
	[['web.prod', 'db.prod', 'postgras'], /db\.prod has no service named postgras: it has postgres, metrics/],
	[['web.prod', 'db.prod', '70000'], /"70000" is not a port/],
	[['db.prod', 'db.prod', '5432'], /a workload always reaches itself/],
	[['', '', ''], /\?/],
	[['\u001b[2J', 'a\nb', '\u202e'], /\?/],
] as const)
	test(`${JSON.stringify(asked)} is answered kindly`, t => {
		const [from, to, port] = asked;
		const lines = drawn(explainView, looking(quietWorld(shop, 'segmented'), question(from, to, port)), [100, 20]);
		t.regex(lines.join('\n'), says);
	});

test('packets that say otherwise than the model stand out', async t => {
	const world = await probedWorld(shop, 'segmented', one => ({...one, outcome: {kind: 'open'}}));
	const text = drawn(explainView, looking(world, question('wiki.dev', 'db.prod', '5432')), [100, 40]).join('\n');
	t.regex(text, /! probed: it got through, which is not what the model says/);
});

test('every line can be scrolled to, and no scroll leaves the text', async t => {
	const world = await probedWorld(shop, 'too-tight');
	const asked = question('tier=web', 'tier=db', 'postgres');
	const whole = drawn(explainView, looking(world, asked), [80, 300]).map(line => line.trimEnd());
	const last = whole.findLastIndex(line => line !== '');
	const met = new Set<string>();
	for (let top = -5; top < 400; top++) {
		const state = looking(world, {...asked, scrolls: {explain: {kind: 'at', top}}});
		for (const line of drawn(explainView, state, [80, 10])) met.add(line.trimEnd());
	}
	t.deepEqual(
		whole.slice(0, last + 1).filter(line => !met.has(line)),
		[],
	);
});

test('marks within marks are parted, and a user’s own control characters are no marks', t => {
	const line = unmarked(`a ${marks('bad', `b ${marks('dim', 'c')} d`)} e`);
	t.deepEqual(
		line.map(({text, look}) => [text, look]),
		[
			['a ', 'plain'],
			['b ', 'bad'],
			['c', 'dim'],
			[' d', 'bad'],
			[' e', 'plain'],
		],
	);
	t.is(textOf(unmarked('\u0002\u0002x\u00019y\u200b\u202ez')), 'xyz');
});
