import type {Match} from '../../model/policy.ts';
import type {Workload} from '../../model/topology.ts';
import {relationValues} from '../../policy/relation.ts';
import {difference, intersection, noPorts, type PortSet} from '../../reach/port-set.ts';
import {eitherBits, hasBit, membersOf} from '../bit-set.ts';
import {flowOf, type LintEnd} from '../ends.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {neededBy} from '../needed.ts';
import {portsOf} from '../ports-of.ts';
import type {WrittenRule} from '../subject.ts';
import {portsToShow, witnessOf} from '../witness.ts';
import {kindNames, someOf} from '../words.ts';

export const guardrailSkipsUnlabelled: FindingKind = {
	id: 'guardrail-skips-unlabelled',
	severities: ['warning', 'note'],
	title: 'a guardrail that says nothing about a workload, for want of a label',
	looksFor:
		'A guardrail with `differ` or `same` on a label that a workload lacks which its selectors mean: an end without the label is neither same nor different. A warning where a deny lets a flow of that workload through for this reason alone and nothing is known to need it, else a note. Outside hosts and those that no policy speaks for are left out.',
	find: linted =>
		linted.rules.flatMap(written => {
			const {tier, rule} = written;
			if (tier !== 'guardrails' || rule.same.length + rule.differ.length === 0) return [];
			return skipped(written, linted);
		}),
};

function skipped(written: WrittenRule, linted: LintCase): readonly Finding[] {
	const {rule, policy, ref} = written;
	const {selectors, ends} = linted;
	const meant = eitherBits(selectors.of(rule.from), selectors.of(rule.to));
	const under = selectors.of(policy.applies);
	const lacking = [...membersOf(meant)]
		.map(number => ends.all[number]!)
		.filter(
			({index, workload}) => workload !== null && !workload.outside && hasBit(under, index) && lacks(rule, workload),
		);
	if (lacking.length === 0) return [];
	const names = lacking.flatMap(kindNames);
	const witness = rule.action === 'deny' ? open(lacking, written, linted) : null;
	const keys = [...new Set([...rule.same, ...rule.differ])].join(' or ');
	return [
		finding({
			severity: witness === null ? 'note' : 'warning',
			where: rule.where,
			what: `"${rule.name}" says nothing about ${someOf(names)}: no label ${keys} there`,
			mend: `give ${new Set(names).size === 1 ? 'it' : 'them'} the label, or a guardrail of ${new Set(names).size === 1 ? 'its' : 'their'} own`,
			rule: ref,
			witness,
			weight: new Set(names).size,
		}),
	];
}

/** Neither same nor different to anybody. */
const lacks = ({same, differ}: WrittenRule['rule'], workload: Workload): boolean => {
	const without = (key: string): boolean => relationValues(key, workload).length === 0;
	return same.some(without) || (differ.length > 0 && differ.every(without));
};

/**
 * A flow that gets through between one that lacks the label and one that has it, where only the relation keeps the
 * guardrail from it; none that a dependency needs.
 */
function open(lacking: readonly LintEnd[], {rule}: WrittenRule, linted: LintCase): Finding['witness'] {
	const isNeeded = neededBy(linted.topology);
	const means = ({from, to, on}: Match, source: LintEnd, destination: LintEnd): PortSet =>
		hasBit(linted.selectors.of(from), source.index) && hasBit(linted.selectors.of(to), destination.index)
			? portsOf(on, destination.workload)
			: noPorts;
	const skippedPorts = (source: LintEnd, destination: LintEnd): PortSet =>
		rule.unless.reduce(
			(left, exception) => difference(left, means(exception, source, destination)),
			intersection(means(rule, source, destination), linted.open(source, destination)),
		);
	function* flows() {
		for (const end of lacking)
			for (const peer of linted.ends.all) {
				if (peer.workload === null || peer.family !== end.family || lacks(rule, peer.workload)) continue;
				for (const [source, destination] of [
					[end, peer],
					[peer, end],
				] as const)
					for (const port of portsToShow(skippedPorts(source, destination), destination)) {
						const flow = flowOf(source, destination, port);
						if (flow !== undefined && !isNeeded(flow)) yield flow;
					}
			}
	}
	return witnessOf(linted, flows(), ({action}) => action === 'allow');
}
