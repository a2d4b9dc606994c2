// How many single verdicts a second of one core? Distinct flows between some hundred workloads, none asked twice before
// the evaluator has been asked all the others. Seconds are of the processor, garbage collection included, so that a busy
// machine says what an idle one does.
import type {Flow} from '../../core/model/flow.ts';
import type {Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {type Chance, seeded} from '../builders/seeded.ts';
import {dataCentre, read} from './big-policy.ts';
import {median, tell} from './figure.ts';

const flowCount = 200_000;
const runs = 9;

function flowsOf(chance: Chance, {workloads}: Topology): readonly Flow[] {
	const flows: Flow[] = [];
	while (flows.length < flowCount) {
		const [from, to] = [chance.pick(workloads), chance.pick(workloads)];
		if (from === to) continue;
		const family = chance.often(0.2) ? 6 : 4;
		const end = ({name, addresses}: typeof from) => ({
			workload: name,
			address: addresses.find(own => own.family === family)!.address,
		});
		const port = chance.often(0.7) ? chance.pick(to.services).port : 1 + chance.below(10_000);
		flows.push({source: end(from), destination: end(to), family, protocol: 'tcp', port});
	}
	return flows;
}

/** Verdicts a second of each run, and passes of a loop a second that only looks up both addresses. */
function measure(topology: Topology, stack: Stack) {
	const flows = flowsOf(seeded(7), topology);
	const {verdict} = createEvaluator(topology, stack);
	const owners = new Map(topology.workloads.flatMap(one => one.addresses.map(({address}) => [address, one] as const)));
	const judged: number[] = [];
	const looked: number[] = [];
	let [allowed, managed] = [0, 0];
	for (let run = 0; run < runs; run++) {
		let started = process.cpuUsage();
		for (const flow of flows) if (verdict(flow, 'host').action === 'allow') allowed++;
		judged.push(flowCount / cpuSeconds(started));
		started = process.cpuUsage();
		for (const {source, destination} of flows)
			if (owners.get(source.address)!.managed && owners.get(destination.address)!.managed) managed++;
		looked.push(flowCount / cpuSeconds(started));
	}
	return {judged: median(judged), looked: median(looked), share: allowed / (runs * flowCount), managed};
}

function cpuSeconds(started: NodeJS.CpuUsage): number {
	const {user, system} = process.cpuUsage(started);
	return (user + system) / 1e6;
}

for (const rules of [100, 1000]) {
	const {topology, stack} = read(dataCentre({applications: 15, replicas: 1, rules, seed: 1}));
	const {judged, looked, share} = measure(topology, stack);
	const asked = {
		bench: 'verdicts',
		unit: 'verdicts/s',
		value: judged,
		also: {workloads: topology.workloads.length, rules, flows: flowCount, allowedShare: Number(share.toPrecision(2))},
	};
	const question = `How many single verdicts a second, ${topology.workloads.length} workloads under ${rules} rules?`;
	tell({...asked, question, limit: rules === 100 ? {least: 2_000_000} : null});
	tell({
		...asked,
		question: `How many times the cost of finding both workloads by address is a verdict under ${rules} rules?`,
		ratio: {to: 'a loop that looks both addresses up', value: looked / judged},
		limit: rules === 100 ? {most: 20} : null,
	});
}
