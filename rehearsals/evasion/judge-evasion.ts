// What one evasion technique came to under a candidate, beside what it came to with no policy.
import type {AttackRun} from '../../core/contracts/attack-run.ts';
import type {ActionRecord} from '../../core/contracts/event.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import {type Flow, renderFlow} from '../../core/model/flow.ts';
import type {RuleRef, Verdict} from '../../core/model/policy.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import type {Topology} from '../../core/model/topology.ts';
import type {Evasion} from './evasions.ts';

export interface EvasionResult {
	readonly technique: TechniqueName;
	readonly result: 'contained' | 'escaped' | 'not-applicable';
	readonly reason: string;
	/** What would close it; null where nothing escaped. */
	readonly closes: string | null;
}

export interface EvasionInput {
	readonly evasion: Evasion;
	readonly topology: Topology;
	readonly flat: AttackRun;
	readonly run: AttackRun;
	/** The candidate's, at its placement. */
	readonly verdict: (flow: Flow) => Verdict;
	readonly rules: ReadonlyMap<string, RuleRef>;
}

export function judgeEvasion(input: EvasionInput): EvasionResult {
	const {technique, by, closes} = input.evasion;
	const pointless = whyNotApplicable(input);
	if (pointless !== null) return {technique, result: 'not-applicable', reason: pointless, closes: null};
	const escaped = by === 'flow' ? deniedYetArrived(input, input.run) : successes(input);
	if (escaped.length === 0) return {technique, ...stopped(input), closes: null};
	const others = escaped.length === 1 ? '' : `, and ${escaped.length - 1} more`;
	return {technique, result: 'escaped', reason: `${escaped[0]}${others}`, closes};
}

/** Null where a denial would prove something. */
function whyNotApplicable(input: EvasionInput): string | null {
	const {evasion, flat, run} = input;
	const tried = of(evasion.by === 'relay' ? run : flat, evasion.technique);
	const impossible = tried.find(({result}) => result === 'not-applicable');
	if (impossible !== undefined) return impossible.detail;
	if (evasion.by === 'relay')
		return tried.length > 0 || (flat.falls.length > 1 && run.falls.length === 1)
			? null
			: 'there is no workload here that it could go through';
	if (tried.length === 0) return 'there is nothing here that it could be tried on';
	if (!tried.some(({result}) => result === 'success'))
		return 'it gets nowhere with no policy either, so that a denial would prove nothing';
	return evasion.by === 'flow' && deniedYetArrived(input, flat).length === 0
		? 'the policy allows all that it does here'
		: null;
}

/** Nothing escaped. What nobody saw the end of is not contained. */
function stopped(input: EvasionInput): Pick<EvasionResult, 'result' | 'reason'> {
	const actions = of(input.run, input.evasion.technique);
	const unsure = actions.filter(({result}) => result === 'inconclusive').length;
	if (actions.length > 0 && unsure === actions.length)
		return {result: 'not-applicable', reason: 'inconclusive: nobody saw what became of it under the policy'};
	const [first] = actions;
	if (input.evasion.by === 'relay' && first !== undefined && !actions.some(({result}) => result === 'denied'))
		return {result: 'not-applicable', reason: `${first.from} ▸ ${first.to}: ${first.detail}, and no rule denied it`};
	const doubt = unsure === 0 ? '' : `; ${unsure} of ${actions.length} are inconclusive`;
	return {result: 'contained', reason: `${stoppedBy(input)}${doubt}`};
}

const of = ({timeline}: AttackRun, technique: TechniqueName): readonly ActionRecord[] =>
	timeline.filter(one => one.technique === technique);

const successes = ({run, evasion}: EvasionInput): readonly string[] =>
	of(run, evasion.technique)
		.filter(({result}) => result === 'success')
		.map(({from, to, detail}) => `${from} ▸ ${to}: ${detail}`);

/** Packets that arrived though the policy denies them to whoever sent them; each flow once. */
function deniedYetArrived({evasion, topology, verdict}: EvasionInput, run: AttackRun): readonly string[] {
	const records = new Map(run.timeline.map(record => [record.action, record]));
	const found = run.evidence.flatMap(({action, evidence}) => {
		const record = records.get(action);
		if (record === undefined) return [];
		return evidence.filter(arrived).flatMap(({flow}) => {
			const sent = flow.source.workload === record.from ? flow : sentBy(record.from, flow, topology);
			return sent !== undefined && isDenied(sent, {evasion, topology, verdict}) ? [`${renderFlow(sent)} arrived`] : [];
		});
	});
	return [...new Set(found)];
}

const arrived = ({arrival, outcome}: Evidence): boolean =>
	arrival !== 'none' || outcome.kind === 'open' || outcome.kind === 'closed';

/** A way round is one where the same pair and port is denied in the other family. */
function isDenied(
	flow: Flow,
	{evasion, topology, verdict}: Pick<EvasionInput, 'evasion' | 'topology' | 'verdict'>,
): boolean {
	if (flow.destination.workload === null) return false;
	if (verdict(flow).action === 'deny') return true;
	if (evasion.technique !== 'ipv6-detour' || flow.family === 4) return false;
	const source = addressOf(topology, flow.source.workload, 4);
	const destination = addressOf(topology, flow.destination.workload, 4);
	if (source === undefined || destination === undefined) return false;
	const other: Flow = {
		...flow,
		source: {...flow.source, address: source},
		destination: {...flow.destination, address: destination},
		family: 4,
	};
	return verdict(other).action === 'deny';
}

/** The flow as it really was, whatever source stood in its packets. */
function sentBy(sender: string, flow: Flow, topology: Topology): Flow | undefined {
	const address = addressOf(topology, sender, flow.family);
	return address === undefined ? undefined : {...flow, source: {workload: sender, address}};
}

const addressOf = ({workloads}: Topology, name: string | null, family: Flow['family']): string | undefined =>
	workloads.find(one => one.name === name)?.addresses.find(one => one.family === family)?.address;

/** The rule that stopped most of it; else what the attacker was told. */
function stoppedBy({run, evasion, rules}: EvasionInput): string {
	const numbers = new Set(of(run, evasion.technique).map(({action}) => action));
	const denials = run.evidence
		.filter(({action}) => numbers.has(action))
		.flatMap(({evidence}) => evidence)
		.flatMap(({outcome}) => (outcome.kind === 'denied' ? [outcome.rule] : []));
	const [most] = [...Map.groupBy(denials, rule => rule)].sort(([, a], [, b]) => b.length - a.length);
	if (most !== undefined)
		return `denied by "${rules.get(most[0])?.name ?? most[0]}", ${most[1].length} of ${denials.length} denials`;
	const [first] = of(run, evasion.technique);
	return first === undefined
		? evasion.by === 'relay'
			? 'nobody fell through whom it could go'
			: 'the policy leaves nothing to try it on'
		: evasion.technique === 'tamper-enforcer'
			? `${first.detail}, and nothing got through that the policy denies`
			: `${first.from} ▸ ${first.to}: ${first.detail}`;
}
