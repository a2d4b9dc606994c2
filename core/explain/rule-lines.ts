// A rule on the page: what it is, where it stands, and why it matches or does not.

import {placeText} from '../measure/rule-text.ts';
import type {RuleRef, Stack} from '../model/policy.ts';
import {oneLine, type Page, spread, wrap} from '../text/lines.ts';
import {marks} from '../text/marks.ts';
import type {Style} from '../text/painter.ts';
import type {Step} from './chain.ts';
import {ruleTitle} from './titles.ts';

/** `segmented.policy.yaml:19`, or nothing where a rule stands nowhere. */
export const placeOfRule = ({where}: Pick<RuleRef, 'where'>): string | null =>
	where === null ? null : oneLine(placeText(where));

const glyphs = {allow: marks.good, deny: marks.bad, pass: marks.passedOn} as const;
const styles = {allow: 'good', deny: 'bad', pass: 'warn'} as const;

/** One step; the glyph of what it does where it matches, `·` where it does not. */
export function stepLines(step: Step, stack: Stack, page: Page, indent = 4): readonly string[] {
	const {rule, action, reached, matches, decides, observes, reasons} = step;
	const mark = matches ? glyphs[action] : '·';
	const remark = observes
		? matches
			? `would ${action}, and only observes`
			: 'only observes'
		: decides
			? action === 'pass'
				? 'passes on to the rules; later guardrails are not asked'
				: '◂ decided here'
			: !matches
				? ''
				: reached
					? 'allows it too'
					: `not reached: would ${action}`;
	const title = `${mark} ${titleOf(step, stack)}${remark === '' ? '' : `  ${remark}`}`;
	const style: Style = decides ? styles[action] : matches ? 'plain' : 'dim';
	const lines = spread(oneLine(title), placeOfRule(rule), page, indent);
	const why = (matches ? reasons : reasons.filter(({holds}) => !holds)).map(({text}) => text);
	return [
		page.paint(style, lines[0]!),
		...lines.slice(1),
		...(why.length === 0 ? [] : wrap(oneLine(why.join('; ')), page.width, indent + 4, indent + 4)),
	];
}

/** The title with what it does, for `guardrail "x"` does not say. */
function titleOf({rule, action}: Step, stack: Stack): string {
	const title = ruleTitle(stack, rule);
	// A rule always allows; what the others do has to be said.
	return rule.tier === 'rules' ? title : `${action}  ${title}`;
}
