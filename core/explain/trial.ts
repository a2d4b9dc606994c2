// A flow put before a changed world: what every proposed change has to pass before anybody reads it.
import type {Flow} from '../model/flow.ts';
import type {EndVerdict, Placement, Verdict} from '../model/policy.ts';
import {decide} from '../policy/evaluate.ts';
import {noneVerdict} from '../policy/rule-ref.ts';
import {networksOf} from '../policy/selector.ts';
import {type Chain, chainOf} from './chain.ts';
import {applyEdits, type Edit, type World} from './edit.ts';
import type {Asked} from './match-reasons.ts';

export interface Trial {
	readonly world: World;
	readonly flow: Flow;
	readonly placement: Placement;
}

/** The verdict in the world after `edits`: by the chains of both ends, for an evaluator prepares for many flows. */
export const verdictAfter = ({world, flow, placement}: Trial, edits: readonly Edit[]): Verdict =>
	judged({world: applyEdits(world, edits), flow, placement}).verdict;

export interface Judged {
	readonly verdict: Verdict;
	readonly egress: Chain;
	readonly ingress: Chain;
}

/** Both chains of a flow and what follows from them. */
export function judged({world, flow, placement}: Trial): Judged {
	const asked = askedIn(world, flow);
	const [egress, ingress] = (['egress', 'ingress'] as const).map(direction =>
		chainOf(world.stack, direction, asked, placement),
	) as [Chain, Chain];
	const toItself = flow.source.workload !== null && flow.source.workload === flow.destination.workload;
	const said = (chain: Chain, verdict: EndVerdict | null): EndVerdict | null =>
		chain.unjudged === null && toItself ? noneVerdict : verdict;
	const [sent, received] = [said(egress, egress.verdict), said(ingress, ingress.verdict)];
	const asIf = decide(said(egress, egress.asIf.verdict), said(ingress, ingress.asIf.verdict));
	return {verdict: {...decide(sent, received), egress: sent, ingress: received, asIf}, egress, ingress};
}

/** The flow with its ends looked up. @throws Error where it names a workload that is not there */
export function askedIn({topology}: World, flow: Flow): Asked {
	const end = ({workload: name, address}: Flow['source']) => {
		const workload = name === null ? null : topology.workloads.find(one => one.name === name);
		if (workload === undefined) throw new Error(`a flow names ${name}, which is not in the topology`);
		return {workload, address};
	};
	return {flow, source: end(flow.source), destination: end(flow.destination), networks: networksOf(topology)};
}
