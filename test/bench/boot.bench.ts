// How long from startLab() to a lab that listens under its policy, and what does it weigh? Beside Mininet in the same run.
import {execFileSync} from 'node:child_process';
import {setTimeout as wait} from 'node:timers/promises';
import {nftables} from '../../enforcers/nftables.ts';
import {startLab} from '../../lab/client.ts';
import {unshareOptions} from '../builders/unshared.ts';
import {bigLab} from './big-lab.ts';
import {median, skip, tell} from './figure.ts';
import {memoryOf} from './lab-processes.ts';

interface Boot {
	readonly ms: number;
	/** With the teardown, as Mininet's own `completed in` has it. */
	readonly wholeMs: number;
	readonly engineMs: number;
	readonly memoryMb: number;
	readonly teardownMs: number;
}

async function boots(workloads: number, times: number): Promise<readonly Boot[]> {
	const {topology, stack} = bigLab(workloads);
	const rulesets = nftables.compile({lab: 'bench', topology, stack, placement: 'host'});
	const done: Boot[] = [];
	while (done.length < times) {
		const started = performance.now();
		const lab = await startLab({lab: 'bench', topology, rulesets, seed: 1});
		const ms = performance.now() - started;
		// All helpers are there by then, also those that start behind the boot.
		await wait(2000);
		const memoryMb = memoryOf(lab);
		const closing = performance.now();
		const {teardownMs} = await lab.close();
		done.push({ms, wholeMs: ms + performance.now() - closing, engineMs: lab.booted.bootMs, memoryMb, teardownMs});
		// The kernel takes namespaces away behind the scenes, and the next boot would wait for it.
		await wait(1000);
	}
	return done;
}

/** Seconds of Mininet for hosts on one Linux bridge, in a network namespace of its own: until they are up, and until they are gone. */
const mininet = `
import time
from mininet.net import Mininet
from mininet.topo import SingleSwitchTopo
from mininet.nodelib import LinuxBridge
started = time.time()
net = Mininet(topo=SingleSwitchTopo(100), switch=LinuxBridge, controller=None)
net.start()
up = time.time() - started
net.stop()
print(up, time.time() - started)
`;

const say = (of: string, found: readonly Boot[]) => ({
	bench: 'boot',
	question: `How long until ${of} are booted, listen and are under a least-privilege policy?`,
	unit: 'ms',
	value: median(found.map(({ms}) => ms)),
	also: {
		allMs: found.map(({ms}) => Math.round(ms)),
		engineMs: Math.round(median(found.map(({engineMs}) => engineMs))),
		teardownMs: Math.round(median(found.map(({teardownMs}) => teardownMs))),
	},
});

const hundred = await boots(100, 5);
const thousand = await boots(1000, 3);
const [small, large] = [hundred, thousand].map(found => median(found.map(({ms}) => ms))) as [number, number];
tell({...say('100 workloads', hundred), limit: {most: 800}});
tell({...say('1,000 workloads', thousand), limit: {most: 6000}});
tell({
	bench: 'boot',
	question: 'Is the time to boot linear in the workloads?',
	unit: 'ms',
	value: large,
	ratio: {to: 'the time of 100', value: large / small},
	limit: {most: 12},
});
tell({
	bench: 'boot',
	question: 'How much memory do engine and helpers take for 1,000 workloads (PSS)?',
	unit: 'MB',
	value: median(thousand.map(({memoryMb}) => memoryMb)),
	limit: {most: 300},
});
const beside = {
	bench: 'boot',
	question: 'How much faster up and down again than 100 hosts of Mininet, which have no rules?',
	unit: 's',
	limit: {least: 10},
};
try {
	const said = execFileSync('unshare', [...unshareOptions, '/usr/bin/python3', '-c', mininet], {
		encoding: 'utf8',
		timeout: 120_000,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [up, whole] = said.split(' ').map(Number) as [number, number];
	const wholeMs = median(hundred.map(boot => boot.wholeMs));
	tell({
		...beside,
		value: whole,
		ratio: {to: 'boot and teardown of 100 workloads here', value: (whole * 1000) / wholeMs},
		also: {wholeMs: Math.round(wholeMs), upSeconds: up, upRatio: Number(((up * 1000) / small).toPrecision(3))},
	});
} catch (error) {
	skip(beside, `Mininet did not run (apt install mininet bridge-utils): ${String(error).split('\n').at(-2)}`);
}
