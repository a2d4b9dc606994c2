// For programs: one object, schema `firebreak/check/v1`.

import {renderFlow} from '../../core/model/flow.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {safe} from '../report/json.ts';
import type {Fixed} from './fix.ts';
import type {Gathered} from './gather.ts';

export interface CheckResult {
	readonly rehearsal: Rehearsal;
	/** Those that were looked at. */
	readonly candidates: readonly string[];
	readonly findings: readonly Gathered[];
	readonly fixed: readonly Fixed[];
	readonly warnings: readonly Problem[];
	/** False where `--fail-on` says that it fails. */
	readonly passed: boolean;
}

export function renderCheckJson({rehearsal, candidates, findings, fixed, warnings, passed}: CheckResult): string {
	const {name, topology, inputs} = rehearsal;
	const ids = [...new Set(findings.map(({id}) => id))].sort();
	const report = {
		schema: 'firebreak/check/v1',
		name,
		inputs,
		workloads: topology.workloads.length,
		dependencies: topology.dependencies.length,
		candidates,
		findings: findings.map(findingJson),
		counts: Object.fromEntries(ids.map(id => [id, findings.filter(one => one.id === id).length])),
		warnings: findings.filter(({severity}) => severity === 'warning').length,
		notes: findings.filter(({severity}) => severity === 'note').length,
		reading: warnings.map(({where, what, mend}) => ({...where, what, mend})),
		fixed,
		passed,
	};
	return `${safe(JSON.stringify(report, null, '\t'))}\n`;
}

const findingJson = ({id, severity, where, what, mend, rule, witness, candidates, removable}: Gathered) => ({
	id,
	severity,
	...where,
	what,
	mend,
	candidates,
	rule: ruleJson(rule),
	witness:
		witness === null
			? null
			: {
					flow: renderFlow(witness.flow),
					...witness.flow,
					verdict: witness.action,
					decided: witness.direction,
					rule: ruleJson(witness.rule),
				},
	removable,
});

const ruleJson = (rule: RuleRef | null) =>
	rule === null ? null : {id: rule.id, name: rule.name, policy: rule.policy, tier: rule.tier, where: rule.where};
