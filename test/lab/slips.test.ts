import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';
import type {SlipRun} from './slip-cases.ts';

type Slips = Readonly<Record<string, {readonly lab: SlipRun; readonly model: SlipRun; readonly frames: number}>>;
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
let all: Promise<Slips> | undefined;
const runs = (): Promise<Slips> => (all ??= unshared<Slips>('lab/fixtures/slips.ts', [], 120_000));
const lab = async (name: string): Promise<SlipRun> => (await runs())[name]!.lab;
/** What an action came to, by its technique and target. */
const said = ({actions}: SlipRun, start: string): readonly string[] =>
	actions.filter(text => text.startsWith(start)).map(text => text.slice(start.length + 2));
const seen = ({evidence}: SlipRun, start: string): readonly string[] =>
	evidence.filter(text => text.startsWith(start)).map(text => text.slice(start.length + 2));

/** Logs of two namespaces are read in any order. */
const sorted = (text: string): string =>
	text.replace(/\((.*)\)$/, (_, logs: string) => `(${logs.split(', ').sort().join(', ')})`);

packets(titled('each attacker takes the same in the lab and in the model, by the same actions and rules'), async t => {
	for (const [name, {lab: found, model}] of Object.entries(await runs())) {
		t.deepEqual(found.fell, model.fell, name);
		if (name.startsWith('fragment')) continue;
		t.deepEqual(found.actions, model.actions, name);
		t.deepEqual(found.evidence.map(sorted), model.evidence.map(sorted), name);
	}
});

packets(
	titled('a spoofed packet arrives with no policy, and under one that judges by source address alone'),
	async t => {
		for (const under of ['flat', 'ingress'] as const) {
			const run = await lab(`spoof ${under}`);
			for (const result of said(run, 'spoof-source wiki > db:5432'))
				t.regex(result, /^success, reached db as (web|api, web|web, api)$/);
		}
		const run = await lab('spoof ingress');
		for (const family of ['', ' v6']) {
			t.regex(seen(run, `web > db:5432/tcp${family}`)[0]!, /^open, open \(.*ingress allow p0\.r1/);
			t.regex(seen(run, `api > db:5432/tcp${family}`)[0]!, /^denied by p0\.default, none \(ingress deny p0\.default/);
		}
	},
);

packets(
	titled("a spoofed packet does not get past its sender's own rules, which say so; with those gone it does"),
	async t => {
		const run = await lab('spoof shut');
		for (const result of said(run, 'spoof-source wiki > db:5432')) t.is(result, 'denied, no packet arrived');
		t.is(seen(run, 'web > db:5432/tcp')[0], 'denied by p0.default, none (egress deny p0.default)');
		const tampered = await lab('tamper and spoof');
		for (const result of said(tampered, 'spoof-source wiki > db:5432')) t.is(result, 'success, reached db as web');
		t.is(seen(tampered, 'web > db:5432/tcp')[0], 'open, open (ingress allow p0.r1)');
	},
);

packets(titled('fragments of both families arrive with no policy, and meet the rule as a whole under one'), async t => {
	const flat = await lab('fragment flat');
	const shut = await lab('fragment shut');
	const [v4, v6] = said(flat, 'fragment wiki > api:8080');
	t.is(v4, 'success, with a tiny head: arrived, a lone tail: inconclusive, whole in two: arrived');
	t.is(v6, 'success, with a tiny head: inconclusive, a lone tail: inconclusive, whole in two: arrived');
	const [denied4, denied6] = said(shut, 'fragment wiki > api:8080');
	t.is(denied4, 'denied, with a tiny head: denied, a lone tail: inconclusive, whole in two: denied');
	t.is(denied6, 'denied, with a tiny head: inconclusive, a lone tail: inconclusive, whole in two: denied');
	t.is(
		seen(shut, 'wiki > api:8080/tcp').filter(text => text === 'denied by p0.default, none (egress deny p0.default)')
			.length,
		2,
	);
	for (const run of [flat, shut]) {
		const tails = seen(run, 'wiki > api:8080/tcp v6').filter(text =>
			text.startsWith('inconclusive: a tail without its head'),
		);
		t.is(tails.length, 1);
	}
});

packets(titled('a trusted source port gets in where none is asked, and not past rules that remember'), async t => {
	t.deepEqual((await lab('port flat')).fell, ['api by source-port']);
	const shut = await lab('port shut');
	t.deepEqual(shut.fell, []);
	t.is(seen(shut, 'wiki > api:8080/tcp').length, 5);
	for (const text of seen(shut, 'wiki > api:8080/tcp'))
		t.is(text, 'denied by p0.default, none (egress deny p0.default)');
});

packets(
	titled('IPv6 leads round a policy that speaks of IPv4 alone, and not round one that speaks of both'),
	async t => {
		t.deepEqual((await lab('no detour four')).fell, ['db by exploit-service']);
		const four = await lab('detour four');
		t.true(four.fell.includes('api by exploit-service'));
		t.regex(seen(four, 'wiki > api:8080/tcp')[0]!, /^denied by p0\.g1/);
		t.true(four.evidence.some(text => text.startsWith('wiki > api:8080/tcp v6: open, open')));
		t.deepEqual((await lab('detour shut')).fell, []);
		t.true(
			said(await lab('detour flat'), 'ipv6-detour wiki > web').every(
				text => text === 'success, 1 service seen over IPv6',
			),
		);
	},
);

packets(
	titled('forged answers are sent, and nobody believes them: not applicable, with or without a policy'),
	async t => {
		for (const name of ['arp flat', 'arp shut']) {
			const {lab: run, frames} = (await runs())[name]!;
			t.is(frames, 2, 'ARP frames at the port of the fabric');
			t.regex(said(run, 'arp-poison wiki > web')[0]!, /^not-applicable, there is no shared segment/);
		}
	},
);

packets(titled('a pivot without its rules is held by those of others alone, until they are loaded again'), async t => {
	t.deepEqual((await lab('tamper flat')).fell, ['api by exploit-service', 'db by exploit-service']);
	const egress = await lab('tamper egress');
	t.deepEqual(egress.fell, ['api by exploit-service', 'db by exploit-service']);
	t.is(seen(egress, 'wiki > api:8080/tcp')[0], 'open, open (ingress allow none)');
	const shut = await lab('tamper shut');
	t.is(said(shut, 'tamper-enforcer wiki > wiki')[0], 'success, the rules of wiki are gone');
	t.deepEqual(shut.fell, []);
	t.is(seen(shut, 'wiki > api:8080/tcp')[0], 'denied by p0.default, none (ingress deny p0.default)');
	t.deepEqual((await lab('no tamper again')).fell, []);
});

packets(
	titled('a connection from before the policy carries an exploit where it is kept, and none where it is cut'),
	async t => {
		for (const under of ['flat', 'shut']) {
			const run = await lab(`ride ${under}`);
			t.is(run.fell[0], 'api by ride-established');
			t.is(seen(run, 'wiki > api:8080/tcp')[0], 'open, open ()');
		}
		t.deepEqual((await lab('no ride shut')).fell, []);
		const cut = await lab('ride cut');
		t.deepEqual(cut.fell, []);
		t.is(said(cut, 'ride-established wiki > api:8080')[0], 'denied, no answer, over a connection that was open');
		t.is(seen(cut, 'wiki > api:8080/tcp')[0], 'denied by p0.default, none (egress deny p0.default)');
	},
);

packets(
	titled('rules in the fabric let no spoofed packet pass, whoever the policy would allow; a gateway looks at no port'),
	async t => {
		for (const at of ['fabric', 'host+fabric']) {
			const run = await lab(`spoof ${at}`);
			for (const family of ['', ' v6'])
				t.is(
					sorted(seen(run, `web > db:5432/tcp${family}`)[0]!),
					'denied by fixed.spoofed, none (egress allow none, fabric egress deny fixed.spoofed)',
				);
		}
		t.regex(said(await lab('spoof gateway'), 'spoof-source wiki > db:5432')[0]!, /^success, reached db as /);
	},
);

packets(titled('what root of a pivot takes away the fabric still holds'), async t => {
	for (const at of ['fabric', 'host+fabric']) {
		const run = await lab(`tamper ${at}`);
		t.is(said(run, 'tamper-enforcer wiki > wiki')[0], 'success, the rules of wiki are gone');
		t.deepEqual(run.fell, []);
		t.is(seen(run, 'wiki > api:8080/tcp')[0], 'denied by p0.default, none (fabric egress deny p0.default)');
	}
});

packets(titled('the fabric keeps and cuts connections from before the policy as hosts do'), async t => {
	for (const at of ['fabric', 'host+fabric']) {
		t.is((await lab(`ride kept ${at}`)).fell[0], 'api by ride-established');
		t.deepEqual((await lab(`ride cut ${at}`)).fell, []);
	}
});
