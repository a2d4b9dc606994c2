// How much faster than nmap's connect scan is a denied lab judged?
import {spawnSync} from 'node:child_process';
import {nftables} from '../../enforcers/nftables.ts';
import {startLab} from '../../lab/client.ts';
import {bigLab} from './big-lab.ts';
import {flowsOf} from './big-lab-flows.ts';
import {median, skip, tell} from './figure.ts';
import {namespaceOf} from './lab-processes.ts';

const workloads = 260;
const ports = 100;
const longestMs = 120_000;

const big = bigLab(workloads);
const {denied} = flowsOf(big, 20_000, 1);
const rulesets = nftables.compile({lab: 'bench', ...big, placement: 'host'});
await using lab = await startLab({lab: 'bench', topology: big.topology, rulesets, seed: 1});
const rates: number[] = [];
for (let time = 0; time < 3; time++) {
	const started = performance.now();
	const evidence = await lab.probe(denied, {timeoutMs: 1000});
	if (evidence.some(({outcome}) => outcome.kind !== 'denied')) throw new Error('not all were denied');
	rates.push((denied.length / (performance.now() - started)) * 1000);
}
const figure = {
	bench: 'nmap',
	question: 'How many times the ports a second of nmap -sT -T5 in the same denied lab?',
	unit: 'ports/s',
	limit: {least: 100},
};
const {source, destination} = denied[0]!;
const started = performance.now();
const scan = spawnSync(
	'nsenter',
	[
		...namespaceOf(lab, source.address).words,
		...['nmap', '-sT', '-T5', '-Pn', '-n', '-p', `10000-${9999 + ports}`, destination.address],
	],
	{encoding: 'utf8', timeout: longestMs},
);
const seconds = (performance.now() - started) / 1000;
const filtered = Number(/(\d+) filtered/.exec(scan.stdout)?.[1] ?? 0);
if (filtered === ports) {
	const value = ports / seconds;
	tell({...figure, value, ratio: {to: 'verdicts a second here', value: median(rates) / value}});
} else {
	skip(figure, `nmap did not see ${ports} filtered ports (apt install nmap): ${scan.error ?? scan.stderr.trim()}`);
}
