// Random flows of the benchmarks' lab, told apart by the model's verdict.
import type {Flow} from '../../core/model/flow.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {seeded} from '../builders/seeded.ts';
import type {BigLab} from './big-lab.ts';

/** So many flows over IPv4 to the tiers' own ports that the policy allows, and as many that it denies. */
export function flowsOf({topology, stack}: BigLab, count: number, seed: number): {open: Flow[]; denied: Flow[]} {
	const evaluator = createEvaluator(topology, stack);
	const {workloads} = topology;
	const random = seeded(seed);
	const found = {open: [] as Flow[], denied: [] as Flow[]};
	while (found.open.length < count || found.denied.length < count) {
		const [source, destination] = [random.pick(workloads), random.pick(workloads)];
		if (source === destination) continue;
		const flow: Flow = {
			source: {workload: source.name, address: source.addresses[0]!.address},
			destination: {workload: destination.name, address: destination.addresses[0]!.address},
			family: 4,
			protocol: 'tcp',
			port: destination.services.find(({name}) => name === 'main')!.port,
		};
		const flows = evaluator.verdict(flow, 'host').action === 'allow' ? found.open : found.denied;
		if (flows.length < count) flows.push(flow);
	}
	return found;
}
