// A subject with what several kinds of finding ask of it, worked out once.
import type {Action, RuleRef} from '../model/policy.ts';
import {type Blocked, blockedRules} from './blocked-rules.ts';
import {type DeniedNeed, deniedNeeds} from './denied-needs.ts';
import {type Fate, fatesOf} from './fate.ts';
import {type LintInput, type LintSubject, lintSubject, type WrittenRule} from './subject.ts';

export interface LintCase extends LintSubject {
	readonly fates: readonly Fate[];
	/** Allows that work at their own end, and whose every flow the other end denies. */
	readonly blocked: readonly Blocked[];
	/** Dependencies of which some flow is denied. */
	readonly needs: readonly DeniedNeed[];
	/** Undefined for an id that is no written rule's: isolation, default. */
	written(id: string): WrittenRule | undefined;
	/** Of a written rule; isolation denies, and a default does what it says. */
	actionOf(ref: RuleRef): Action;
}

export function lintCase(input: LintInput): LintCase {
	const subject = lintSubject(input);
	const fates = fatesOf(subject);
	const byId = new Map(subject.rules.map(written => [written.rule.id, written]));
	const defaults = new Map(
		input.stack.map(policy => [`${policy.id}.default`, policy.dialect === 'kubernetes' ? 'allow' : policy.default]),
	);
	return {
		...subject,
		fates,
		blocked: blockedRules(subject, fates),
		needs: deniedNeeds(subject),
		written: id => byId.get(id),
		actionOf: ({id, tier}) =>
			byId.get(id)?.rule.action ?? (tier === 'isolation' ? 'deny' : (defaults.get(id) ?? 'allow')),
	};
}
