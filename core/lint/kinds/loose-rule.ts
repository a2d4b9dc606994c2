import {coverage, enoughCoverage} from '../../measure/coverage.ts';
import {kindsOf} from '../../measure/kinds.ts';
import type {Flow} from '../../model/flow.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {type Loose, looseRules} from '../loose-rules.ts';
import {witnessOf} from '../witness.ts';
import {many} from '../words.ts';

export const looseRule: FindingKind = {
	id: 'loose-rule',
	severities: ['note'],
	title: 'a rule that allows more than anything needs',
	looksFor:
		'An allow by which workloads reach services that no dependency of theirs uses: counted by kind of workload and service, the widest rule first. Nothing is told where fewer than half of the services have a known caller, for then nobody knows what is needed.',
	ranked: true,
	find: linted => {
		const {share} = coverage(linted.topology, kindsOf(linted.topology));
		return share === null || share < enoughCoverage ? [] : looseRules(linted).flatMap(loose => found(loose, linted));
	},
};

function found({written, unneeded, allowed, complete, first}: Loose, linted: LintCase): readonly Finding[] {
	const {rule, ref} = written;
	const witness = witnessOf(linted, [first as Flow], ({action}) => action === 'allow');
	if (witness === null) return [];
	const count = `${complete ? '' : 'over '}${many(unneeded, 'flow')}`;
	return [
		finding({
			severity: 'note',
			where: rule.where,
			what:
				unneeded === allowed
					? `"${rule.name}" allows ${count}, and nothing is known to need ${unneeded === 1 ? 'it' : 'any'}`
					: `"${rule.name}" allows ${count} that nothing is known to need, of ${allowed.toLocaleString('en-US')}`,
			mend: 'narrow it, or write down who needs them',
			rule: ref,
			witness,
			weight: unneeded,
		}),
	];
}
