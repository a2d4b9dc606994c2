import type {Evidence} from '../contracts/evidence.ts';
import type {Outcomes} from '../contracts/report.ts';
import {flowKey, renderFlow} from '../model/flow.ts';
import type {Verdict} from '../model/policy.ts';
import type {CandidateInput} from './run-input.ts';

/** What became of one flow, against the policy. */
export type FlowOutcome =
	| {readonly kind: 'permitted' | 'rejected' | 'escaped' | 'misdropped'}
	| {readonly kind: 'inconclusive'; readonly reason: string};

/**
 * What the policy wanted against what happened. A service that accepted has been reached, whatever log is missing; a
 * denial counts only where the same packet arrived with no policy in force, at a listener or at a closed port.
 */
export function outcomeOf(evidence: Evidence, control: Evidence | undefined, {action}: Verdict): FlowOutcome {
	const {outcome, arrival} = evidence;
	if (action === 'deny' && (arrival === 'open' || outcome.kind === 'open' || outcome.kind === 'closed'))
		return {kind: 'escaped'};
	if (outcome.kind === 'inconclusive') return {kind: 'inconclusive', reason: outcome.reason};
	if (outcome.kind !== 'denied') return {kind: 'permitted'};
	if (action === 'allow') return {kind: 'misdropped'};
	return countsAsDenial(control) ?? {kind: 'rejected'};
}

/** Null where the control arrived; else why a denial of its flow shows nothing. */
export function countsAsDenial(control: Evidence | undefined): {kind: 'inconclusive'; reason: string} | null {
	if (control === undefined) return {kind: 'inconclusive', reason: 'denied, but not tried with no policy in force'};
	const {kind} = control.outcome;
	if (kind === 'open' || kind === 'closed') return null;
	const why = kind === 'inconclusive' ? control.outcome.reason : 'a rule denied it there too';
	return {kind: 'inconclusive', reason: `denied, but it did not arrive with no policy in force either: ${why}`};
}

/** Beyond this many, inconclusive flows are counted and not listed. */
const listed = 100;

/** All probed flows by outcome. `wouldDeny` and `wouldAllow` are what rules that only observe would have changed, counted beside. */
export function outcomes({control, probed, verdict}: Pick<CandidateInput, 'control' | 'probed' | 'verdict'>): Outcomes {
	const controls = new Map(control.map(evidence => [flowKey(evidence.flow), evidence]));
	const counts = {permitted: 0, rejected: 0, escaped: 0, misdropped: 0, inconclusive: 0};
	const would = {deny: 0, allow: 0};
	const inconclusiveFlows: {flow: string; reason: string}[] = [];
	for (const evidence of probed) {
		const wanted = verdict(evidence.flow);
		const outcome = outcomeOf(evidence, controls.get(flowKey(evidence.flow)), wanted);
		counts[outcome.kind] += 1;
		if (wanted.asIf.action !== wanted.action) would[wanted.asIf.action] += 1;
		if (outcome.kind === 'inconclusive' && inconclusiveFlows.length < listed)
			inconclusiveFlows.push({flow: renderFlow(evidence.flow), reason: outcome.reason});
	}
	return {checked: probed.length, ...counts, inconclusiveFlows, wouldDeny: would.deny, wouldAllow: would.allow};
}
