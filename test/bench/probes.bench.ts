// How many verdicts a second, with all three witnesses on, and how near is that to a plain loop of connects in C?
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Flow} from '../../core/model/flow.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {type StartedLab, startLab} from '../../lab/client.ts';
import {bigLab, loopPort} from './big-lab.ts';
import {flowsOf} from './big-lab-flows.ts';
import {median, skip, tell} from './figure.ts';
import {namespaceOf} from './lab-processes.ts';

const workloads = 260;
const flowsEach = 20_000;
const loopSeconds = 3;

/** Verdicts a second at the client, five times over; each must be of the kind that the model foretold. */
async function verdicts(lab: StartedLab, flows: readonly Flow[], kind: 'open' | 'denied'): Promise<number> {
	const rates: number[] = [];
	for (let time = 0; time < 5; time++) {
		const started = performance.now();
		const evidence = await lab.probe(flows, {timeoutMs: 1000});
		rates.push((flows.length / (performance.now() - started)) * 1000);
		const others = evidence.filter(({outcome}) => outcome.kind !== kind);
		if (others.length > 0) throw new Error(`${others.length} are not ${kind}: ${JSON.stringify(others[0])}`);
	}
	return median(rates);
}

/** Connections a second of the loop in C, from and to workloads of the lab, under the same rules. */
function loopRate(lab: StartedLab, {source, destination}: Flow): number {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'));
	try {
		const program = join(folder, 'connect-loop');
		execFileSync('cc', ['-O2', '-o', program, join(import.meta.dirname, 'connect-loop.c')], {stdio: 'pipe'});
		const [from, to] = [source, destination].map(({address}) => namespaceOf(lab, address)) as [
			ReturnType<typeof namespaceOf>,
			ReturnType<typeof namespaceOf>,
		];
		const words = [from.path, to.path, destination.address, String(loopPort), String(loopSeconds), from.user ?? []];
		const run = () => Number(execFileSync(program, words.flat(), {encoding: 'utf8', timeout: 30_000, stdio: 'pipe'}));
		return median([run(), run(), run()]);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

const big = bigLab(workloads);
const {open, denied} = flowsOf(big, flowsEach, 1);
const rulesets = nftables.compile({lab: 'bench', ...big, placement: 'host'});
await using lab = await startLab({lab: 'bench', topology: big.topology, rulesets, seed: 1});
const openRate = await verdicts(lab, open, 'open');
const deniedRate = await verdicts(lab, denied, 'denied');
const asked = (kind: string) => ({
	bench: 'probes',
	question: `How many ${kind} flows are judged a second in a lab of ${workloads} under a least-privilege policy?`,
	unit: 'verdicts/s',
	limit: {least: 8000},
});
tell({...asked('open'), value: openRate});
tell({...asked('denied'), value: deniedRate});
const beside = {
	bench: 'probes',
	question: 'How near do open probes come to a loop of connects in C, between workloads of that lab?',
	unit: 'connects/s',
	limit: {least: 0.5},
};
try {
	const rate = loopRate(lab, open[0]!);
	tell({
		...beside,
		value: rate,
		ratio: {to: 'open verdicts a second here, of one such connect', value: openRate / rate},
	});
} catch (error) {
	skip(beside, `the loop in C did not run (apt install gcc libc6-dev): ${String(error).split('\n')[0]}`);
}
