// The same questions put to the real kernel: pods booted as workloads, policies enforced by nftables, every probe sent. A
// denial counts only where the same probe arrived with no policy in force.
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {Lab} from '../../core/contracts/lab.ts';
import {type Flow, flowKey} from '../../core/model/flow.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {none} from '../../enforcers/none.ts';
import {startLab} from '../../lab/client.ts';
import type {Case} from './corpus.ts';
import {sentence} from './judge-probes.ts';
import {groupsOf, type LabGroup, type PacketCase} from './packet-cases.ts';

export interface PacketResult {
	/** By case: what packets said otherwise than expected. */
	readonly differences: ReadonlyMap<Case, readonly string[]>;
	readonly probes: number;
	readonly denied: number;
	readonly labs: number;
	readonly seconds: number;
}

const lab = 'conformance';
const timeoutMs = 2000;

/** @throws FirebreakError where this machine cannot boot a lab */
export async function byPackets(cases: readonly PacketCase[]): Promise<PacketResult> {
	const startedMs = performance.now();
	const groups = groupsOf(cases);
	const differences = new Map<Case, readonly string[]>();
	let [probes, denied] = [0, 0];
	for (const group of groups)
		for await (const {one, evidence, wrong} of tried(group)) {
			differences.set(one, wrong);
			probes += evidence.length;
			denied += evidence.filter(({outcome}) => outcome.kind === 'denied').length;
		}
	return {differences, probes, denied, labs: groups.length, seconds: (performance.now() - startedMs) / 1000};
}

interface Tried {
	readonly one: Case;
	readonly evidence: readonly Evidence[];
	readonly wrong: readonly string[];
}

async function* tried({topology, cases}: LabGroup): AsyncGenerator<Tried> {
	const control = none.compile({lab, topology, stack: [], placement: 'host'});
	await using booted = await startLab({lab, topology, rulesets: control, seed: 1});
	const flows = new Map(cases.flatMap(({asked}) => asked.map(({flow}) => [flowKey(flow), flow])));
	const free = await probe(booted, [...flows.values()]);
	const arriving = new Set(free.filter(arrived).map(({flow}) => flowKey(flow)));
	for (const {one, stack, asked, topology: own} of cases) {
		await booted.apply(nftables.compile({lab, topology: own, stack, placement: 'host'}));
		const evidence = await probe(
			booted,
			asked.map(({flow}) => flow),
		);
		const wrong = asked.flatMap((question, at) => {
			const found = evidence[at]!;
			const said = arriving.has(flowKey(question.flow)) ? got(found) : 'nothing, nor with no policy in force';
			return said === (question.probe.open ? 'allow' : 'deny')
				? []
				: [`packets: ${sentence(question.probe, said)} (IPv${found.flow.family})`];
		});
		yield {one, evidence, wrong};
	}
}

/** What remained unknown is asked once more, since a busy machine delays answers. */
async function probe(booted: Lab, flows: readonly Flow[]): Promise<readonly Evidence[]> {
	const first = await booted.probe(flows, {timeoutMs});
	const unknown = first.filter(({outcome}) => outcome.kind === 'inconclusive').map(({flow}) => flow);
	if (unknown.length === 0) return first;
	const again = await booted.probe(unknown, {timeoutMs});
	let at = 0;
	return first.map(one => (one.outcome.kind === 'inconclusive' ? again[at++]! : one));
}

const arrived = ({outcome}: Evidence): boolean => outcome.kind === 'open' || outcome.kind === 'closed';

function got(found: Evidence): string {
	const {outcome} = found;
	if (arrived(found)) return 'allow';
	return outcome.kind === 'denied' ? 'deny' : `nothing: ${outcome.kind === 'inconclusive' ? outcome.reason : ''}`;
}
