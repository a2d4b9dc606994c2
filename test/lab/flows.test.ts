// Observe and learn on a running lab: from traffic to a policy that breaks nothing and contains, by packets.
import {join} from 'node:path';
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';
import {corpora, corporaMissing} from '../kubernetes/corpus.ts';
import {fallen, flowsOf, printed, type Story} from './flows-told.ts';

const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const tell = (...words: readonly string[]) => unshared<Story>('lab/fixtures/flows-lab.ts', words, 110_000);
const shop = reason === null ? tell('shop', 'web-1.prod', 'observe') : undefined;

packets(titled('probes and attackers are no flows; the business is, each dependency with its count'), async t => {
	t.timeout(115_000);
	const story = await shop!;
	t.true(fallen(story, 'flatWorm') > 5, story.told.flatWorm!.error);
	t.deepEqual(flowsOf(story, 'before').edges, []);
	t.true(flowsOf(story, 'before').unseen.length > 60);
	const traffic = printed<{readonly connections: number; readonly failed: number}>(story, 'traffic');
	t.is(traffic.failed, 0);
	const {edges, unseen} = flowsOf(story, 'after');
	t.deepEqual(unseen, []);
	t.is(
		edges.reduce((sum, {count}) => sum + count, 0),
		traffic.connections,
	);
	t.true(
		edges.every(({verdict, dependency, rule}) => verdict === 'allow' && dependency !== null && rule?.id === 'none'),
	);
});

packets(titled('what was learned breaks nothing, has nothing of an attack, and contains a worm'), async t => {
	const story = await shop!;
	const {told, learned, broken, dependencies} = story;
	t.is(told.learn!.code, 0, told.learn!.error);
	t.is(told.again!.code, 2);
	t.regex(told.again!.error, /is there already: nothing was written/);
	t.is(told.apply!.code, 0, told.apply!.error);
	t.notRegex(learned, /\d+\.\d+\.\d+\.\d+/);
	t.is(dependencies, 152);
	t.is(broken, 0);
	t.is(told.learnedTraffic!.code, 0, told.learnedTraffic!.out);
	t.true(fallen(story, 'secondWorm') > 5);
	t.true(fallen(story, 'learnedWorm') < fallen(story, 'flatWorm') / 2, String(fallen(story, 'learnedWorm')));
});

interface RulesTold {
	readonly rules: readonly {
		readonly rule: {readonly id: string; readonly name: string};
		readonly egress: number;
		readonly ingress: number;
		readonly traffic: number;
	}[];
	readonly neverHit: readonly string[];
}

packets(titled('each rule has the hits that its traffic made, and what nothing came to is named'), async t => {
	const {rules, neverHit} = printed<RulesTold>(await shop!, 'rules');
	const written = rules.filter(({rule}) => /^p0\.r/.test(rule.id));
	t.true(written.length >= 10);
	for (const {egress, ingress, traffic, rule} of written) {
		t.true(traffic > 0, rule.name);
		t.is(egress + ingress, traffic, rule.name);
	}
	t.deepEqual(neverHit, ['p0.default']);
});

packets(
	titled('reset forgets; what a policy that observes would deny is its own verdict, and is learned as allowed'),
	async t => {
		const story = await shop!;
		t.deepEqual(flowsOf(story, 'empty').edges, []);
		t.is(story.told.observedTraffic!.code, 0, 'observing denies nothing');
		const would = flowsOf(story, 'observed').edges.filter(({verdict}) => verdict === 'would-deny');
		t.deepEqual(
			would.map(({from, to, rule}) => [from, to, rule?.name]),
			[
				['web.test', 'cache.test', 'default'],
				['worker.prod', 'queue.prod', 'default'],
			],
		);
		t.true(flowsOf(story, 'observed').edges.some(({verdict}) => verdict === 'allow'));
		const {out} = story.told.observedLearn!;
		t.regex(out, /allowed here, though a policy that observed would have denied it:\n#.*web\.test -> cache\.test/);
		t.regex(out, /web may use cache, each in its environment/);
	},
);

packets(titled('what was denied is not learned: it stands in the head, and --with-declared allows it'), async t => {
	const {told} = await shop!;
	t.is(told.deniedTraffic!.code, 1);
	t.regex(told.deniedTraffic!.out, /"failed": 4/);
	const {out, error} = told.deniedLearn!;
	t.regex(out, /denied meanwhile 4 times, and not allowed here:\n#.*web\.test -> cache\.test.*"default"/);
	t.regex(
		out,
		/not exercised, and not allowed \(--with-declared allows them\):\n#.*web\.test -> cache\.test:6379\/tcp/,
	);
	t.regex(error, /2 dependencies of the topology were not seen and are not allowed/);
	t.notRegex(out, /web may use cache, each in its environment/);
	t.regex(told.withDeclared!.out, /web may use cache, each in its environment/);
	t.regex(told.withDeclared!.out, /not exercised, and allowed all the same/);
	t.regex(told.kubernetes!.out, /kind: NetworkPolicy/);
	const names = [...told.kubernetes!.out.matchAll(/^metadata: \{ name: (\S+) \}$/gm)].map(([, name]) => name);
	t.true(names.length > 15);
	t.is(new Set(names).size, names.length);
});

packets(
	titled('a program’s connections are traffic; an address that is nobody’s is told and no rule speaks of it'),
	async t => {
		const story = await shop!;
		const {edges} = flowsOf(story, 'ofProgram');
		t.deepEqual(
			edges.map(({from, to, count, dependency}) => [from, to, count, dependency]),
			[
				['web.prod', '198.19.250.9', 1, null],
				['web.prod', 'cache.prod', 1, 'declared'],
			],
			story.told.exec!.error,
		);
		const {out} = story.told.onlyProgram!;
		t.regex(out, /seen with addresses that are nobody’s.*\n#.*web\.prod -> 198\.19\.250\.9: 80\/tcp/);
		t.is([...out.matchAll(/- allow:/g)].length, 1);
		t.is(policyOf(story.told.fromFile!.out), policyOf(out), story.told.fromFile!.error);
	},
);

/** Without its head. */
const policyOf = (text: string): string => text.replaceAll(/^#.*\n/gm, '');

for (const [name, foothold] of [
	// From its front end every service of this one is used by somebody who is used: no policy of its needs holds a worm.
	['gcp-microservices-demo-missing-one-policy', 'emailservice'],
	['sock-shop-with-policies', 'front-end'],
] as const) {
	const why = reason ?? corporaMissing ?? null;
	(why === null ? test : test.skip)(
		`${name}: from manifests to a learned policy, nothing breaks and a worm from ${foothold} is contained${why === null ? '' : ` (skipped: ${why})`}`,
		async t => {
			t.timeout(115_000);
			await shop;
			t.pass('the other lab is down: two at once would only wait for each other');
			const story = await tell(join(corpora, 'apps-npguard-oracle', name, 'input'), foothold);
			const {told, broken, dependencies} = story;
			t.is(told.up!.code, 0, told.up!.error);
			t.true(dependencies >= 3);
			t.is(told.apply!.code, 0, told.apply!.error);
			t.is(broken, 0);
			t.is(told.learnedTraffic!.code, 0);
			t.true(fallen(story, 'flatWorm') >= 10, told.flatWorm!.error);
			t.is(fallen(story, 'learnedWorm'), 0);
		},
	);
}

const voting = reason ?? corporaMissing ?? null;
(voting === null ? test : test.skip)(
	`example-voting-app, whose manifests name no dependency: what its programs did is learned, breaks nothing and contains a worm from its front end${voting === null ? '' : ` (skipped: ${voting})`}`,
	async t => {
		t.timeout(115_000);
		await shop;
		t.pass('the other lab is down: two at once would only wait for each other');
		const source = join(corpora, 'apps-npguard-oracle/example-voting-app/input');
		const story = await tell(source, 'vote', 'vote>redis:6379,worker>redis:6379,worker>db:5432,result>db:5432');
		const {told, learned} = story;
		t.is(told.traffic!.code, 0);
		t.regex(told.traffic!.error, /has no dependency/);
		t.is(told.programs!.code, 0, told.programs!.error);
		t.deepEqual(
			flowsOf(story, 'after').edges.map(({from, to}) => `${from} -> ${to}`),
			['result -> db', 'vote -> redis', 'worker -> db', 'worker -> redis'],
		);
		t.is([...learned.matchAll(/- allow:/g)].length, 2);
		t.is(told.apply!.code, 0, told.apply!.error);
		t.is(told.learnedPrograms!.code, 0, told.learnedPrograms!.error);
		// It falls on what the front end needs, and stops there.
		t.is(fallen(story, 'flatWorm'), 3, told.flatWorm!.error);
		t.is(fallen(story, 'learnedWorm'), 1);
	},
);
