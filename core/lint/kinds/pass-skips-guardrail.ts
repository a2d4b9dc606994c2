import {difference, intersection, type PortSet} from '../../reach/port-set.ts';
import type {Encounter, Fate} from '../fate.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import type {WrittenRule} from '../subject.ts';
import {flowsMet, witnessOf} from '../witness.ts';
import {rulePlace} from '../words.ts';

export const passSkipsGuardrail: FindingKind = {
	id: 'pass-skips-guardrail',
	severities: ['warning', 'note'],
	title: 'a pass that lets flows by a deny further down',
	looksFor:
		'A pass by which a flow gets through that a later guardrail would have denied: a pass hands on to the rules, not to the next guardrail. A warning where that guardrail is another policy’s, a note in the same one, where the order can be seen. Flows that end denied all the same are none.',
	find: linted =>
		linted.fates.flatMap(fate =>
			fate.kind === 'works' && fate.written.rule.action === 'pass' ? skipped(fate, linted) : [],
		),
};

/** One finding for each deny that is skipped. */
function skipped({written, encounters}: Extract<Fate, {kind: 'works'}>, linted: LintCase): readonly Finding[] {
	const denies = new Map<string, Encounter[]>();
	for (const encounter of encounters)
		for (const {step} of laterDenies(encounter))
			denies.set(step.ref.id, [...(denies.get(step.ref.id) ?? []), encounter]);
	return [...denies].flatMap(([id, met]) => {
		const deny = linted.written(id)!;
		const passed = (encounter: Encounter): PortSet =>
			laterDenies(encounter).find(({step}) => step.ref.id === id)?.skipped ?? [];
		const witness = witnessOf(linted, flowsMet(linted, met, passed), ({action}) => action === 'allow');
		return witness === null ? [] : [told(written, deny, witness)];
	});
}

/** Those behind the pass that would decide some of what it passes on. */
function laterDenies({group, meeting}: Encounter) {
	let left = meeting.decides;
	return group.guardrails.slice(group.guardrails.indexOf(meeting) + 1).flatMap(({step, matches}) => {
		const would = intersection(matches, left);
		left = difference(left, would);
		return step.action === 'deny' && would.length > 0 ? [{step, skipped: would}] : [];
	});
}

const told = (pass: WrittenRule, deny: WrittenRule, witness: Finding['witness']): Finding =>
	finding({
		severity: pass.policy === deny.policy ? 'note' : 'warning',
		where: pass.rule.where,
		what: `"${pass.rule.name}" also passes over the later guardrail ${rulePlace(deny.ref)}, which would have denied`,
		mend: 'narrow the pass, or put that guardrail before it',
		rule: pass.ref,
		witness,
	});
