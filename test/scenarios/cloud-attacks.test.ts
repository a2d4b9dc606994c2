// What a deploy server, a metadata service and unchanged passwords give to an attacker, by packets in one lab and in the
// model: each technique once where nothing stops it and once under a policy that should.
import {join} from 'node:path';
import test from 'ava';
import type {RehearsalReport} from '../../core/contracts/report.ts';
import {uncomputed} from '../../rehearsals/simulate/uncomputed.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {byPackets, inTheModel, loaded, rehearsed} from '../catalog/rehearse.ts';
import {root} from '../house/source-tree.ts';

const folder = join(root, 'test/scenarios/fixtures/cloud');
const reason = whyNoPackets();
const packets = reason === null ? test.serial : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
let run: ReturnType<typeof byPackets> | undefined;
const report = async (): Promise<RehearsalReport> => {
	run ??= byPackets(folder);
	return (await run).report;
};

const runOf = ({runs}: RehearsalReport, candidate: string, scenario: string) =>
	runs.find(one => one.candidate === candidate && one.scenario === scenario)!;
const lostIn = (from: RehearsalReport, candidate: string, scenario: string): readonly string[] =>
	runOf(from, candidate, scenario).containment.stillLost.map(({kind}) => kind);
/** `laptop > db: success`, of one technique. */
const done = (from: RehearsalReport, candidate: string, scenario: string, technique: string): readonly string[] =>
	runOf(from, candidate, scenario)
		.timeline.filter(one => one.technique === technique)
		.map(({from: pivot, to, result}) => `${pivot} > ${to}: ${result}`);

/** A scenario of one technique, what it takes flat, and under which policy it takes nothing. */
const cases = [
	{scenario: 'metadata', technique: 'read-metadata', flat: ['db'], policy: 'no-metadata'},
	{scenario: 'orders', technique: 'abuse-deploy-server', flat: ['mail', 'web'], policy: 'no-ssh'},
	{scenario: 'spray', technique: 'spray-passwords', flat: ['printer'], policy: 'no-ssh'},
] as const;
for (const {scenario, technique, flat, policy} of cases) {
	packets(titled(`${technique} takes ${flat.join(' and ')} flat, and nothing under ${policy}`), async t => {
		const found = await report();
		t.deepEqual(lostIn(found, 'flat', scenario), flat);
		t.true(done(found, 'flat', scenario, technique).some(text => text.endsWith('success')));
		t.deepEqual(lostIn(found, policy, scenario), []);
		t.false(done(found, policy, scenario, technique).some(text => text.endsWith('success')));
	});
}

packets(titled('metadata that a policy denies is denied by its rule, and logged'), async t => {
	const {timeline} = runOf(await report(), 'no-metadata', 'metadata');
	const asked = timeline.find(({technique}) => technique === 'read-metadata');
	t.like(asked, {result: 'denied', rule: {name: 'no metadata'}});
});

packets(
	titled('a tool goes to each host that was entered, by ssh, tcp and udp, and nowhere under no-ssh but by tcp'),
	async t => {
		const found = await report();
		t.deepEqual([...done(found, 'flat', 'tools', 'transfer-tool')].sort(), [
			'deploy > web: success',
			'laptop > deploy: success',
			'laptop > mail: success',
			'laptop > names: success',
		]);
		t.deepEqual(done(found, 'no-ssh', 'tools', 'transfer-tool'), ['laptop > mail: success']);
	},
);

packets(
	titled('a weakness that may fail does the same for one seed, whatever the candidate and the network'),
	async t => {
		const tries = ({runs}: RehearsalReport) =>
			runs.flatMap(({timeline}) =>
				timeline
					.filter(({technique, to, port}) => technique === 'exploit-service' && to === 'mail' && port !== '22/tcp')
					.map(({port, result}) => `${port} ${result}`),
			);
		const seen = new Set([...tries(await report()), ...tries((await inTheModel(folder)).report)]);
		t.deepEqual([...seen].sort(), ['443/tcp failure', '8080/tcp success']);
	},
);

packets(titled('the attackers do by packets what they do in the model, action by action'), async t => {
	const story = ({runs}: RehearsalReport) =>
		runs.map(({candidate, scenario, timeline}) => ({
			candidate,
			scenario,
			actions: timeline.map(({atMs: _, ...action}) => action),
		}));
	const found = await report();
	t.deepEqual(story(found), story((await inTheModel(folder)).report));
	t.true(found.runs.every(({fidelity, outcomes}) => fidelity.mismatches === 0 && outcomes.inconclusive === 0));
});

test('an insider logs in before it does anything else, with what the scenario gave to it', async t => {
	const {report: found} = await inTheModel(folder);
	const {timeline} = runOf(found, 'flat', 'insider');
	const first = timeline.findIndex(({technique}) => !technique.startsWith('reuse-'));
	t.deepEqual(
		timeline
			.slice(0, first)
			.filter(({result}) => result === 'success')
			.map(({to}) => to),
		['mail', 'web', 'db'],
	);
});

test('stealth takes what it can one action at a time, and sweeps no subnet', async t => {
	const {report: found} = await inTheModel(folder);
	const {timeline} = runOf(found, 'flat', 'stealth');
	t.deepEqual(lostIn(found, 'flat', 'stealth'), ['db', 'deploy', 'mail', 'names', 'web']);
	t.false(timeline.some(({to}) => to.includes('/')));
	t.is(timeline[0]!.technique, 'read-metadata');
});

test('stealth is logged less than a worm with the same techniques', async t => {
	const rehearsal = await loaded(folder);
	const scenario = rehearsal.scenarios.find(({name}) => name === 'stealth')!;
	const {rate: _, ...hasty} = scenario;
	const both = [scenario, {...hasty, name: 'worm', strategy: 'worm' as const}];
	const {report: found} = await rehearsed({...rehearsal, scenarios: both});
	for (const {name} of rehearsal.candidates) {
		const [quiet, loud] = ['stealth', 'worm'].map(one => runOf(found, name, one).containment);
		t.deepEqual(quiet!.lostKinds, loud!.lostKinds, name);
		t.true(quiet!.noise < loud!.noise, `${name}: ${quiet!.noise} of ${loud!.noise}`);
	}
});

test('simulate says which techniques its figures leave out', async t => {
	const {scenarios} = await loaded(folder);
	const [said] = uncomputed(scenarios);
	t.regex(said!, /without abuse-deploy-server, read-metadata, spray-passwords, the secrets/);
	t.deepEqual(uncomputed([{...scenarios[0]!, techniques: ['exploit-service']}]), []);
});

packets(titled('a rate holds by packets: actions begin no sooner than it says'), async t => {
	const {timeline} = runOf(await report(), 'flat', 'stealth');
	const last = timeline.at(-1)!;
	t.true(last.atMs >= (timeline.length - 1) * 100 - 1, `${timeline.length} actions by ${last.atMs} ms`);
});
