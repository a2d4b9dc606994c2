// The rules of one tier, from what the file has to what evaluator and compiler read.
import type {Action, Match, PortMatch, Rule, Selector} from '../model/policy.ts';
import {readRelation} from './label-test.ts';
import type {MatchInput, PolicyDraft, RuleInput, Tier} from './policy-schema.ts';
import {type Path, type Reading, report} from './reading.ts';
import {readPorts} from './rule-ports.ts';
import {readSelector} from './selector.ts';

const actions: readonly Action[] = ['allow', 'deny', 'pass'];

/** What each tier may say, the letter of its rules' ids, and why it may not say the rest. */
const tierLaws: Readonly<
	Record<Tier, {readonly may: readonly Action[]; readonly letter: string; readonly mend: string}>
> = {
	guardrails: {may: ['allow', 'deny', 'pass'], letter: 'g', mend: ''},
	rules: {may: ['allow'], letter: 'r', mend: 'a deny belongs under guardrails or baseline'},
	baseline: {may: ['allow', 'deny'], letter: 'b', mend: 'pass belongs under guardrails'},
};

/** The rules of `tier` with ids such as `p0.g1`, numbered as they stand in the file. */
export function readTier(reading: Reading, tier: Tier, policy: PolicyDraft & {readonly id: string}): readonly Rule[] {
	return policy[tier].flatMap((input, index) => {
		const path = [tier, index];
		const verb = input === null ? undefined : readVerb(reading, {tier, input}, path);
		if (input === null) return [];
		checkMode(reading, {input, policy}, path);
		const match = readMatch(reading, input, path);
		const unless = (input.unless ?? []).map((one, at) => readMatch(reading, one, [...path, 'unless', at]));
		const {ticket, until} = input.note ?? {};
		const rule: Omit<Rule, 'action' | 'name'> = {
			id: `${policy.id}.${tierLaws[tier].letter}${index + 1}`,
			mode: input.mode ?? 'enforce',
			direction: null,
			...match,
			unless,
			note:
				input.note === undefined ? null : {ticket: ticket === undefined ? null : String(ticket), until: until ?? null},
			where: reading.document.place(path),
		};
		return verb === undefined ? [] : [{...verb, ...rule}];
	});
}

/** The one of allow, deny and pass that stands there, with the rule's name. */
function readVerb(
	reading: Reading,
	{tier, input}: {readonly tier: Tier; readonly input: RuleInput},
	path: Path,
): Pick<Rule, 'action' | 'name'> | undefined {
	const {may, mend} = tierLaws[tier];
	const [action, second] = actions.filter(verb => input[verb] !== undefined);
	if (action === undefined) {
		report(reading, {path}, {what: `a rule lacks ${may.join(' or ')}`, mend: `write ${may[0]}: and what it is for`});
		return undefined;
	}
	if (second !== undefined) {
		const what = `a rule says both ${action} and ${second}`;
		report(reading, {path: [...path, second], part: 'key'}, {what, mend: 'make two rules of it'});
	} else if (!may.includes(action)) {
		const what = `${tier} cannot ${action}`;
		report(
			reading,
			{path: [...path, action], part: 'key'},
			{what, mend: action === 'pass' ? tierLaws.baseline.mend : mend},
		);
	}
	return {action, name: input[action] ?? ''};
}

/** `mode` on a rule is for denies, and cannot enforce what its policy only observes. */
function checkMode(
	reading: Reading,
	{input, policy}: {readonly input: RuleInput; readonly policy: PolicyDraft},
	path: Path,
): void {
	const at = {path: [...path, 'mode'], part: 'key'} as const;
	if (input.mode === 'observe' && input.deny === undefined)
		report(reading, at, {
			what: 'only a deny can observe',
			mend: 'remove mode, or put the rule into a policy that observes',
		});
	if (input.mode === 'enforce' && policy.mode === 'observe')
		report(reading, at, {
			what: 'a rule cannot be enforced in a policy that observes',
			mend: 'put the rule into a policy of its own',
		});
}

function readMatch(reading: Reading, input: MatchInput, path: Path): Match {
	const from = readSelector(reading, input.from, [...path, 'from']);
	const to = readSelector(reading, input.to, [...path, 'to']);
	return {
		from,
		to,
		same: readRelation(reading, input.same, [...path, 'same']),
		differ: readRelation(reading, input.differ, [...path, 'differ']),
		on: readOn(reading, {input: input.on, to}, [...path, 'on']),
	};
}

const readOn = (
	reading: Reading,
	{input, to}: {readonly input: MatchInput['on']; readonly to: Selector},
	path: Path,
): readonly PortMatch[] | null => (input === undefined ? null : readPorts(reading, {input, to}, path));
