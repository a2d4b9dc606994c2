import {placeText} from '../../core/measure/rule-text.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import {oneLine} from '../report/lines.ts';

/** `"web calls api"`, `default of segmented`, `isolation by deny-all`, `no policy`, `no enforcer`. */
export function ruleWords(rule: RuleRef | null): string {
	if (rule === null) return 'no enforcer';
	switch (rule.tier) {
		case 'none':
			return 'no policy';
		case 'default':
			return `default of ${oneLine(rule.policy)}`;
		case 'isolation':
			return `isolation by ${oneLine(rule.policy)}`;
		default:
			return `"${oneLine(rule.name)}"`;
	}
}

/** `segmented.policy.yaml:8`; empty where it stands nowhere. */
export const ruleSpot = (rule: RuleRef | null): string =>
	rule?.where == null || rule.tier === 'none' ? '' : oneLine(placeText(rule.where));
