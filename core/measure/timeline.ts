import type {AttackRun} from '../contracts/attack-run.ts';
import type {ActionRecord} from '../contracts/event.ts';
import type {Evidence} from '../contracts/evidence.ts';
import type {TimelineEntry} from '../contracts/report.ts';
import type {RuleRef} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {acceptingRule, denyingRule, ruleText} from './rule-text.ts';

/** The attacker's actions as the report has them: each with the rule that decided it, where one did, and names for addresses. */
export function timeline(
	topology: Topology,
	run: AttackRun,
	rules: ReadonlyMap<string, RuleRef>,
): readonly TimelineEntry[] {
	const owner = new Map(
		topology.workloads.flatMap(({name, addresses}) => addresses.map(({address}) => [address, name])),
	);
	const evidenceOf = new Map(run.evidence.map(({action, evidence}) => [action, evidence]));
	return run.timeline.map(record => ({
		atMs: record.atMs,
		action: record.action,
		technique: record.technique,
		attack: record.attack,
		from: record.from,
		to: owner.get(record.to) ?? record.to,
		port: record.port === null ? null : record.protocol === 'icmp' ? 'icmp' : `${record.port}/${record.protocol}`,
		result: record.result,
		rule: ruleText(rules, deciding(record, evidenceOf.get(record.action) ?? [])),
		detail: record.detail,
	}));
}

/**
 * A sweep (no port) that came through has no one rule; a sweep that was stopped names the first rule that did. Data that
 * got out names the rule of the flow that took it, which is the only one that arrived.
 */
function deciding({technique, result, port}: ActionRecord, evidence: readonly Evidence[]): string | null {
	const denied = evidence.map(denyingRule).find(rule => rule !== null) ?? null;
	if (result === 'denied') return denied;
	const isOut = technique === 'exfiltrate';
	if (port === null && !isOut) return null;
	const passed = evidence.find(each => (isOut || each.flow.port === port) && each.arrival === 'open');
	return passed === undefined ? denied : acceptingRule(passed);
}
