// Verdicts on flows, folded into the world: the live list, how often each rule decided, what is reachable, what is broken.
import type {Evidence, KernelLog} from '../../../core/contracts/evidence.ts';
import type {PacketEvent} from '../../../core/contracts/watch-event.ts';
import {kindsOf} from '../../../core/measure/kinds.ts';
import {added} from '../history.ts';
import {type Batch, editable} from './batch.ts';
import {needsOf} from './needs.ts';
import {cellKey, type Verdict, type World} from './world.ts';

/** A rule's word on a packet of a program that runs in a workload. */
export function afterPacket(world: World, event: PacketEvent, batch: Batch): World {
	const {source, destination, family, protocol, port, log, site, atMs} = event;
	const verdict: Verdict = {
		from: source.workload ?? source.address,
		to: destination.workload ?? destination.address,
		...{family, protocol, port, site, atMs},
		decision: log.decision,
		rule: world.policy.rules.get(log.rule) ?? null,
		by: 'traffic',
	};
	return {...withHits(world, [log], {atMs, batch}), verdicts: added(world.verdicts, verdict, batch)};
}

/** A probe is of both ends, and tells what is reachable and what is broken. */
export function afterProbe(world: World, evidence: Evidence, atMs: number, batch: Batch): World {
	const {flow, outcome} = evidence;
	const seen = afterEvidence(world, evidence, {by: 'probe', atMs, batch});
	const kinds = kindsOf(world.rehearsal.topology);
	const [from, to] = [kinds.of(flow.source.workload), kinds.of(flow.destination.workload)];
	if (from === null || to === null) return seen;
	const key = cellKey(from, to, flow.protocol, flow.port);
	const before = seen.measured.get(key);
	const measured = editable(seen.measured, batch).set(
		key,
		before === undefined || before === outcome.kind ? outcome.kind : 'mixed',
	);
	const need = needsOf(world.rehearsal.topology).get(key);
	if (need === undefined) return {...seen, measured};
	const {probed, denied} = seen.needs.get(need) ?? {probed: 0, denied: 0};
	const needs = editable(seen.needs, batch).set(need, {
		probed: probed + 1,
		denied: denied + (outcome.kind === 'denied' ? 1 : 0),
	});
	return {...seen, measured, needs};
}

/** The verdict of one flow that was tried, by whomever. */
export function afterEvidence(
	world: World,
	evidence: Evidence,
	{by, atMs, batch}: {readonly by: Verdict['by']; readonly atMs: number; readonly batch: Batch},
): World {
	const {flow, outcome, logs} = evidence;
	const observed = logs.find(({decision}) => decision.startsWith('would-'));
	const deciding = logs.find(({decision}) => decision === 'deny') ?? observed ?? logs.at(-1);
	const verdict: Verdict = {
		from: flow.source.workload ?? flow.source.address,
		to: flow.destination.workload ?? flow.destination.address,
		...{family: flow.family, protocol: flow.protocol, port: flow.port, by, atMs},
		decision:
			outcome.kind === 'denied' ? 'deny' : outcome.kind === 'open' ? (observed?.decision ?? 'allow') : outcome.kind,
		rule: deciding === undefined ? null : (world.policy.rules.get(deciding.rule) ?? null),
		site: null,
	};
	return {...withHits(world, logs, {atMs, batch}), verdicts: added(world.verdicts, verdict, batch)};
}

function withHits(
	world: World,
	logs: readonly KernelLog[],
	{atMs, batch}: {readonly atMs: number; readonly batch: Batch},
): World {
	if (logs.length === 0) return world;
	const hits = editable(world.hits, batch);
	for (const {rule} of logs) hits.set(rule, {count: (hits.get(rule)?.count ?? 0) + 1, lastMs: atMs});
	return {...world, hits, lastRule: logs.at(-1)!.rule};
}
