import type {Evidence} from '../contracts/evidence.ts';
import type {RuleText} from '../contracts/report.ts';
import type {RuleRef} from '../model/policy.ts';
import type {Place} from '../model/problem.ts';

/** `segmented.policy.yaml:19`; a folder, `manifests/`, has no lines. */
export const placeText = ({file, line}: Place): string => (file.endsWith('/') ? file : `${file}:${line}`);

/** A rule as reports name it; null for `none`, the table that decides nothing, and for no id. */
export function ruleText(rules: ReadonlyMap<string, RuleRef>, id: string | null): RuleText | null {
	if (id === null || id === 'none') return null;
	const rule = rules.get(id);
	if (rule === undefined) return {id, name: id, policy: '', where: null};
	return {id, name: rule.name, policy: rule.policy, where: rule.where === null ? null : placeText(rule.where)};
}

/** Id of the rule that let a flow pass: the receiver's, and the sender's where no policy speaks for the receiver. */
export function acceptingRule({logs}: Evidence): string | null {
	const accepts = logs.filter(({decision, rule}) => decision === 'allow' && rule !== 'none');
	return (accepts.find(({direction}) => direction === 'ingress') ?? accepts[0])?.rule ?? null;
}

/** Id of the rule that denied a flow; null where none logged a deny. */
export const denyingRule = ({logs}: Evidence): string | null =>
	logs.find(({decision}) => decision === 'deny')?.rule ?? null;
