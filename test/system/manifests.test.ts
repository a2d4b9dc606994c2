// Folders of manifests by people who never heard of Firebreak, rehearsed as they are. The figures were worked out by hand
// from the files; the folders lie beside the checkout and not in it.
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import type {LabEvent} from '../../core/contracts/event.ts';
import type {RehearsalReport} from '../../core/contracts/report.ts';
import {run} from '../builders/tool.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {covers, expectedOf, readCases, type Transport} from '../kubernetes/corpus.ts';

const corpora = fileURLToPath(new URL('../../../shared/corpora/apps-npguard-oracle', import.meta.url));
const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const reason = whyNoPackets() ?? (existsSync(corpora) ? null : 'the corpora are not beside this checkout');
const packets = (title: string, body: (t: ExecutionContext) => Promise<void>): void =>
	reason === null ? test.serial(title, body) : test.skip(`${title} (skipped: ${reason})`, body);

async function rehearsed(
	app: string,
	foothold: string,
): Promise<{readonly exit: number; readonly report: RehearsalReport}> {
	const words = [
		'rehearse',
		`${corpora}/${app}/input`,
		'--scenario',
		'ransomware',
		'--foothold',
		foothold,
		'--format',
		'json',
	];
	const {status, out, error} = await run(process.execPath, ['--no-warnings', main, ...words]);
	if (out === '') throw new Error(error);
	return {exit: status, report: JSON.parse(out) as RehearsalReport};
}

packets('the Online Boutique with one policy forgotten: what breaks is found, and what is lost is counted', async t => {
	const {exit, report} = await rehearsed('gcp-microservices-demo-missing-one-policy', 'frontend');
	const [flat, candidate] = report.runs;
	t.is(exit, 0);
	t.is(report.topology.dependencies, 16);
	t.deepEqual([flat!.containment.compromised, flat!.containment.others], [10, 11]);
	t.deepEqual([candidate!.containment.compromised, candidate!.containment.others], [9, 11]);
	t.is(candidate!.breakage.dependencies, 16);
	t.deepEqual(
		candidate!.breakage.flows.map(({dependency}) => dependency),
		['checkoutservice -> paymentservice:50051/tcp'],
	);
	t.deepEqual(candidate!.breakage.dangling, ['frontend -> shoppingassistantservice:80/tcp']);
	t.deepEqual(candidate!.breakage.orphaned, ['paymentservice:50051/tcp']);
	t.true(report.assumptions.some(text => text.includes('whatever answers')));
	for (const {fidelity, outcomes} of report.runs) t.deepEqual([fidelity.mismatches, outcomes.inconclusive], [0, 0]);
});

packets('the Sock Shop: hardly any dependency is known, so the run is not green', async t => {
	const {exit, report} = await rehearsed('sock-shop-with-policies', 'front-end');
	const candidate = report.runs[1]!;
	t.is(exit, 4);
	t.is(report.passed, null);
	t.is(candidate.breakage.broken, 0);
	t.true(candidate.breakage.coverage.share! < 0.5);
	t.true(candidate.breakage.orphaned.includes('carts:80/tcp'));
	t.is(candidate.fidelity.mismatches, 0);
});

for (const [app, namespace, foothold] of [
	['gcp-microservices-demo-missing-one-policy', 'default', 'frontend'],
	['sock-shop-with-policies', 'sock-shop', 'front-end'],
] as const) {
	packets(`${app}: what packets did is what its authors' analyzer expects, on every port probed`, async t => {
		const words = ['rehearse', `${corpora}/${app}/input`, '--foothold', foothold, '--format', 'ndjson'];
		const {out} = await run(process.execPath, ['--no-warnings', main, ...words]);
		const lines = expectedOf(readCases().find(one => one.case === app)!);
		const peer = (workload: string): string => `${namespace}/${workload}[Deployment]`;
		let checked = 0;
		for (const text of out.split('\n').filter(line => line.includes('"flow-probed"'))) {
			const event = JSON.parse(text) as Extract<LabEvent, {kind: 'flow-probed'}>;
			const {source, destination, protocol, port} = event.evidence.flow;
			const ends = [source.workload!, destination.workload!] as const;
			if (event.candidate === 'flat' || protocol === 'icmp' || ends.some(end => end.startsWith('kube-dns'))) continue;
			const line = lines.find(one => one.source === peer(ends[0]) && one.destination === peer(ends[1]));
			const open = covers(line?.open ?? [], protocol.toUpperCase() as Transport, port);
			const {kind} = event.evidence.outcome;
			t.is(
				kind === 'denied' ? 'denied' : kind === 'inconclusive' ? kind : 'allowed',
				open ? 'allowed' : 'denied',
				text,
			);
			checked++;
		}
		t.true(checked > 200, `${checked} flows`);
	});
}
