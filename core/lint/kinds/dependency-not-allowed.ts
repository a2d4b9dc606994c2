import {dependencyText} from '../../measure/dependency-text.ts';
import type {DeniedNeed} from '../denied-needs.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {many, rulePlace} from '../words.ts';

export const dependencyNotAllowed: FindingKind = {
	id: 'dependency-not-allowed',
	severities: ['warning'],
	title: 'a dependency that the policy stops',
	looksFor:
		'A dependency of the topology of which a flow is denied, for any pair of replicas and either family. Name service (port 53) is told as `dns-forgotten`. A dependency whose far end is not in the topology can be neither allowed nor denied, and is none.',
	find: linted => linted.needs.filter(({dependency}) => dependency.port !== 53).map(need => found(need, linted)),
};

function found({dependency, witness, denied, of}: DeniedNeed, linted: LintCase): Finding {
	const {from, to, protocol, port, vital, where} = dependency;
	const {rule, flow} = witness;
	const part =
		denied === of ? '' : ` (${denied} of ${many(of, 'flow')}${flow.family === 6 ? ', IPv6 among them' : ''})`;
	const written = linted.written(rule.id);
	const service = dependency.service ?? `${port}/${protocol}`;
	return finding({
		severity: 'warning',
		where,
		what: `${vital ? 'the vital dependency ' : ''}${dependencyText(dependency)} is denied${part} by ${rulePlace(rule)}, ${witness.direction === 'egress' ? `leaving ${from}` : `entering ${to}`}`,
		mend:
			written === undefined
				? `no rule allows it: add one from ${from} to ${to} on ${service}, or remove the need`
				: 'make an exception there, or remove the need',
		witness,
		weight: vital ? 1 : 0,
	});
}
