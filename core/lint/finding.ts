// What the linter gives: a finding has a place, says what is the matter and how to mend it, and shows a flow.
import type {Flow} from '../model/flow.ts';
import type {Direction, RuleRef} from '../model/policy.ts';
import type {Place} from '../model/problem.ts';
import type {LintCase} from './lint-case.ts';

/** `warning`: the policy does not do what it says, or stops what is needed. `note`: it does, and somebody should look at it. */
export type Severity = 'warning' | 'note';

/** A flow that shows a finding, and what the evaluator says of it. */
export interface Witness {
	readonly flow: Flow;
	readonly action: 'allow' | 'deny';
	readonly rule: RuleRef;
	/** The end that decides. */
	readonly direction: Direction;
}

export interface Finding {
	readonly severity: Severity;
	readonly where: Place;
	/** A sentence without its full stop. */
	readonly what: string;
	/** What to do; empty where nothing is to be done but to know it. */
	readonly mend: string;
	/** The rule that it is about; null where it is about none, or about a whole policy. */
	readonly rule: RuleRef | null;
	/** Null where no flow can show it: a rule that matches nothing has none. */
	readonly witness: Witness | null;
	/** Ids of rules that change no verdict of this topology, all of them taken away together. */
	readonly idle: readonly string[];
	/** Whether `rule` can be taken away: `surely` changes no verdict of any topology, `today` none of this one. */
	readonly removable: 'surely' | 'today' | 'no';
	/** Of findings of one kind, the heavier one is told first. */
	readonly weight: number;
}

/** A kind of finding. Its id is stable: people write it into their pipelines. */
export interface FindingKind {
	readonly id: string;
	readonly severities: readonly Severity[];
	/** A few words. */
	readonly title: string;
	/** One or two sentences: when it is found, and when it is not. */
	readonly looksFor: string;
	/** Told by weight, and not by place. */
	readonly ranked?: true;
	find(linted: LintCase): readonly Finding[];
}

type Needed = 'severity' | 'where' | 'what';

/** A finding of which only the usual is said. */
export const finding = (said: Pick<Finding, Needed> & Partial<Omit<Finding, Needed>>): Finding => ({
	mend: '',
	rule: null,
	witness: null,
	idle: [],
	removable: 'no',
	weight: 0,
	...said,
});
