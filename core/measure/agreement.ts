// The three witnesses of one flow side by side: do they tell the same story, to the rule?
import type {Evidence, KernelLog} from '../contracts/evidence.ts';
import type {Direction, EndVerdict, RuleRef, Verdict} from '../model/policy.ts';

export interface Disagreement {
	readonly model: string;
	readonly kernel: string;
	readonly farEnd: string;
}

/** Null where model, kernel and far end agree on the flow; else what each says. */
export function disagreement(
	evidence: Evidence,
	verdict: Verdict,
	rules: ReadonlyMap<string, RuleRef>,
): Disagreement | null {
	const agreed = verdict.action === 'allow' ? allowAgrees(evidence, verdict) : denyAgrees(evidence, verdict);
	if (agreed && observationAgrees(evidence, verdict)) return null;
	return {model: modelText(verdict), kernel: kernelText(evidence.logs, rules), farEnd: farEndText(evidence)};
}

/** It arrived, and each end that judges says so by the model's rule; an end without an enforcer may log `none`. */
function allowAgrees({outcome, logs}: Evidence, {egress, ingress}: Verdict): boolean {
	if (outcome.kind !== 'open' && outcome.kind !== 'closed') return false;
	return acceptAgrees(logs, 'egress', egress) && acceptAgrees(logs, 'ingress', ingress);
}

function acceptAgrees(logs: readonly KernelLog[], at: Direction, end: EndVerdict | null): boolean {
	const accepts = logs.filter(({direction, decision}) => direction === at && decision === 'allow');
	const wanted = end?.rule.id ?? 'none';
	return (end === null || accepts.length > 0) && accepts.every(({rule}) => rule === wanted);
}

function denyAgrees({outcome, arrival}: Evidence, {rule, direction}: Verdict): boolean {
	return outcome.kind === 'denied' && arrival === 'none' && outcome.rule === rule.id && outcome.direction === direction;
}

/**
 * Where what only observes would change the verdict, its log must say so by the model's rule, and nowhere else on a flow
 * that passes. A packet that was denied on leaving never met the far end's rules, so only the end that denied can say.
 */
function observationAgrees({logs}: Evidence, {action, direction, asIf}: Verdict): boolean {
	const would = logs.filter(({decision}) => decision === 'would-deny' || decision === 'would-allow');
	if (asIf.action === action) return action === 'deny' || would.length === 0;
	const at = asIf.action === 'deny' ? asIf.direction : direction;
	return would.some(
		log =>
			log.decision === `would-${asIf.action}` &&
			log.direction === at &&
			(at !== asIf.direction || log.rule === asIf.rule.id),
	);
}

const quoted = ({id, name}: Pick<RuleRef, 'id' | 'name'>): string => (id === 'none' ? 'no rule' : `"${name}"`);

function modelText({action, rule, direction, asIf}: Verdict): string {
	const text = `${direction} ${action} by ${quoted(rule)}`;
	return asIf.action === action ? text : `${text}, would ${asIf.action} by ${quoted(asIf.rule)}`;
}

const kernelText = (logs: readonly KernelLog[], rules: ReadonlyMap<string, RuleRef>): string =>
	logs.length === 0
		? 'no log'
		: logs
				.map(({direction, decision, rule: id}) => {
					const rule = rules.get(id) ?? {id, name: id};
					return `${direction} ${decision} by ${quoted(rule)}`;
				})
				.join(', ');

const farEndText = ({arrival}: Evidence): string =>
	({open: 'arrived, accepted', closed: 'arrived, nothing listens', none: 'nothing arrived'})[arrival];
