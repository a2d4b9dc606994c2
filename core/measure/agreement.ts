// The three witnesses of one flow side by side: do they tell the same story, to the rule?
import type {Evidence, KernelLog} from '../contracts/evidence.ts';
import type {RuleRef, Verdict} from '../model/policy.ts';
import type {Stand} from '../policy/placement.ts';
import {noneRef} from '../policy/rule-ref.ts';

export interface Disagreement {
	readonly model: string;
	readonly kernel: string;
	readonly farEnd: string;
}

/** What the model says of one flow: the verdict, and what its first packet meets on the way. */
export interface Modelled {
	readonly verdict: Verdict;
	readonly stands: readonly Stand[];
}

/** Null where model, kernel and far end agree on the flow; else what each says. */
export function disagreement(
	evidence: Evidence,
	modelled: Modelled,
	rules: ReadonlyMap<string, RuleRef>,
): Disagreement | null {
	const {verdict} = modelled;
	const agreed = verdict.action === 'allow' ? allowAgrees(evidence, modelled) : denyAgrees(evidence, verdict);
	if (agreed && observationAgrees(evidence, verdict)) return null;
	return {model: modelText(verdict), kernel: kernelText(evidence.logs, rules), farEnd: farEndText(evidence)};
}

/** It arrived, and wherever an end is judged its accept was logged by the model's rule; a table that does not judge may log `none`. */
function allowAgrees({outcome, logs}: Evidence, {verdict, stands}: Modelled): boolean {
	if (outcome.kind !== 'open' && outcome.kind !== 'closed') return false;
	const accepts = logs.filter(({decision}) => decision === 'allow');
	const isOf = (stand: Stand, {placement, direction}: KernelLog): boolean =>
		stand.place === placement && stand.direction === direction;
	const wanted = ({direction, judges}: Stand): string => (judges ? verdict[direction]?.rule.id : null) ?? noneRef.id;
	return (
		accepts.every(log => stands.some(stand => isOf(stand, log) && log.rule === wanted(stand))) &&
		stands.every(stand => !stand.judges || accepts.some(log => isOf(stand, log)))
	);
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
