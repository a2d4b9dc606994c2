// Flows that were seen as needs between kinds, with a word on each flow that became none.
import {serves} from '../measure/kinds.ts';
import type {Problem} from '../model/problem.ts';
import type {Dependency, Topology} from '../model/topology.ts';
import {directions} from './directions.ts';
import type {UsedPort} from './learned-services.ts';
import {type Aliases, endResolver, type Resolved} from './resolve-end.ts';
import type {FlowLog, SeenFlow} from './seen-flow.ts';
import {type Heap, talkers} from './talkers.ts';
import {worldName} from './world.ts';

/** A dependency that was seen, of a port at which there may be no service. */
export type SeenNeed = Omit<Dependency, 'service'>;

export interface SeenNeeds {
	/** Between kinds of the topology, and `worldName` for the world; each once. */
	readonly needs: readonly SeenNeed[];
	/** What became none, and what was guessed: those with most flows first. */
	readonly decisions: readonly Problem[];
}

/** What the flows need that were allowed. */
export function seenNeeds(topology: Topology, logs: readonly FlowLog[], aliases?: Aliases): SeenNeeds {
	const resolve = endResolver(topology, aliases);
	const owners = new Map(topology.workloads.flatMap(one => one.addresses.map(({address}) => [address, one] as const)));
	const {flows, answers, guessed} = directions(
		logs.flatMap(log => log.flows),
		(address, protocol, port) => owners.get(address)?.services.some(one => serves(one, protocol, port)) === true,
	);
	const heap = talkers();
	const abroad = talkers(5);
	const needs = new Map<string, SeenNeed>();
	const world = worldName(topology);
	for (const flow of flows) {
		const [from, to] = [resolve(flow.source), resolve(flow.destination)];
		const reason = whyNot(flow, from, to);
		if (reason !== undefined) {
			heap.add(reason, flow);
			continue;
		}
		for (const end of [from, to])
			if (end.kind === 'world') abroad.add(worldReason(world, end === from ? flow.source : flow.destination), flow);
		const [source, destination] = [from, to].map(end => (end.kind === 'workload' ? end.workload.kind : world)) as [
			string,
			string,
		];
		const {protocol, port, where} = flow as SeenFlow & UsedPort;
		const key = `${source} ${destination} ${port}/${protocol}`;
		if (!needs.has(key))
			needs.set(key, {
				from: source,
				to: destination,
				protocol,
				port,
				dangling: false,
				vital: false,
				source: 'learned',
				where,
			});
	}
	return {
		needs: [...needs.values()],
		decisions: decisionsOf(logs, {heap, abroad, answers, guessed}),
	};
}

type Reason = {readonly group: string; readonly who: string; readonly mend: string};

/** Why a flow is no dependency; undefined where it is one. */
function whyNot({verdict, protocol, port}: SeenFlow, from: Resolved, to: Resolved): Reason | undefined {
	const unknown = [from, to].find(end => end.kind === 'unknown');
	if (unknown?.kind === 'unknown')
		return {
			group: 'not in the topology',
			who: unknown.text,
			mend: 'add it to the inventory; until then the first policy denies these flows',
		};
	const plainly = (group: string, mend: string): Reason => ({group, who: '', mend});
	if (to.kind === 'everyone' || from.kind === 'everyone')
		return plainly('to multicast or broadcast addresses', 'no policy is about them');
	if (from.kind === 'world' && to.kind === 'world')
		return plainly('between two addresses of the internet', 'neither end is here');
	if (from.kind === 'workload' && to.kind === 'workload' && from.workload === to.workload)
		return plainly('of a workload to itself', 'these are always allowed');
	if (verdict === 'denied')
		return plainly('that were denied', 'what is denied today is nobody’s need: add it by hand if it is');
	if (!['tcp', 'udp', 'sctp'].includes(protocol) || port === 0)
		return plainly(
			`of ${protocol === '' ? 'no protocol' : protocol}`,
			'a dependency is of tcp, udp or sctp: add a rule by hand if it is needed',
		);
	return undefined;
}

const worldReason = (world: string, {names, address}: SeenFlow['source']): Reason => ({
	group: `taken as ${world}, which stands for the world`,
	who: names[0] ?? address ?? 'somebody',
	mend: 'if it is yours, add it to the inventory',
});

function decisionsOf(
	logs: readonly FlowLog[],
	{
		heap,
		abroad,
		answers,
		guessed,
	}: {readonly heap: Heap; readonly abroad: Heap; readonly answers: number; readonly guessed: readonly SeenFlow[]},
): readonly Problem[] {
	const where = logs[0]?.flows[0]?.where;
	const said: Problem[] = [];
	if (answers > 0 && where !== undefined)
		said.push({
			where,
			what: `${answers} records are of answers (the source has the server’s port): counted as flows of who asked`,
			mend: '',
		});
	const [first] = guessed;
	if (first !== undefined)
		said.push({
			where: first.where,
			what: `in ${guessed.length} record${guessed.length === 1 ? '' : 's'} neither port is a server’s: the destination of the record was taken as the server`,
			mend: 'look at the services of these hosts',
		});
	return [
		...said,
		...heap.decisions(),
		...abroad.decisions(),
		...logs.flatMap(({passed}) => passed.slice(0, mostPassed)),
	];
}

const mostPassed = 20;
