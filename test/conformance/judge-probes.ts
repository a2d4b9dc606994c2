// Single probes, and matrices of them: each asked of the evaluator and of reach.
import type {Flow} from '../../core/model/flow.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {hasPort} from '../../core/reach/port-set.ts';
import {createReach, type Reach} from '../../core/reach/reach.ts';
import type {Case, Corpus} from './corpus.ts';
import type {Probe} from './expected-lines.ts';
import type {Judgement} from './judgement.ts';
import {peersByName} from './peers.ts';
import {flowsOf, namesOf, probesOf} from './probes.ts';
import {filesOf, subjectOf} from './subject.ts';

export function judgeProbes(corpus: Corpus, one: Case): Judgement {
	const {topology, stack} = subjectOf(corpus, filesOf(corpus, one));
	const probes = probesOf(corpus, one);
	const peers = peersByName(topology, namesOf(probes));
	const evaluator = createEvaluator(topology, stack);
	const reach = createReach(topology, stack, {beyond: 'none'});
	const differences: string[] = [];
	let checked = 0;
	for (const probe of probes) {
		const flows = flowsOf(probe, peers);
		if (flows.length === 0) differences.push(sentence(probe, 'no address family that both have'));
		for (const flow of flows) {
			const {source, destination} = flow;
			const answers = [evaluator.verdict(flow, 'host').action === 'allow'];
			if (source.workload !== null && destination.workload !== null) answers.push(openByReach(reach, flow));
			checked += answers.length;
			if (answers.some(open => open !== probe.open)) differences.push(sentence(probe));
		}
	}
	return {checked, differences};
}

const openByReach = (reach: Reach, flow: Flow): boolean =>
	hasPort(
		reach.open(reach.classOf(flow.source.workload!), reach.classOf(flow.destination.workload!), flow.family),
		flow.protocol,
		flow.port,
	);

/** `a => b TCP 80: expected deny, got allow`. */
export const sentence = ({source, destination, protocol, port, open}: Probe, got = open ? 'deny' : 'allow'): string =>
	`${source} => ${destination} ${protocol.toUpperCase()} ${port}: expected ${open ? 'allow' : 'deny'}, got ${got}`;
