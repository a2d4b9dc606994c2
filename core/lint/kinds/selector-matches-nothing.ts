import type {Selector, Term} from '../../model/policy.ts';
import {bitSet, isNone, membersOf} from '../bit-set.ts';
import {describeTerm, whatWasMeant} from '../describe-term.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import type {WrittenRule} from '../subject.ts';
import {isKubernetes} from '../words.ts';
import {isLost} from './dns-by-pods-only.ts';

export const selectorMatchesNothing: FindingKind = {
	id: 'selector-matches-nothing',
	severities: ['warning', 'note'],
	title: 'a selector that means nobody',
	looksFor:
		'A policy, an end of a rule, one entry of several, or an exception that selects no workload and no address. A note where the manifests hold nobody in such a namespace at all, since it may live elsewhere; a warning where the namespace is there and nobody in it has the labels. Words that nobody has are problems in native files, and stop the reading.',
	find: linted => [
		...linted.stack.flatMap(policy =>
			policy.applies.length > 0 && isEmpty(policy.applies, linted)
				? policy.applies.slice(0, 1).map(term => ({
						...told(term, linted, `${policy.name} speaks for`),
						idle: linted.rules.filter(written => written.policy === policy).map(({rule}) => rule.id),
					}))
				: [],
		),
		...linted.rules.flatMap(written => (isEmpty(written.policy.applies, linted) ? [] : ofRule(written, linted))),
	],
};

const isEmpty = (selector: Selector, {selectors}: LintCase): boolean => isNone(selectors.of(selector));

function ofRule({rule, ref, policy}: WrittenRule, linted: LintCase): readonly Finding[] {
	const idle = isEmpty(rule.from, linted) || isEmpty(rule.to, linted) ? [rule.id] : [];
	const of = (selector: Selector, verb: string): readonly Finding[] =>
		selector
			.filter(term => isNone(linted.selectors.ofTerm(term)) && !(isKubernetes(policy) && isLost(term, linted)))
			.map(term => ({...told(term, linted, `"${rule.name}" ${verb}`), rule: ref, idle}));
	return [
		...of(rule.from, 'is from'),
		...of(rule.to, 'is to'),
		...rule.unless.flatMap(one => [...of(one.from, 'excepts what comes from'), ...of(one.to, 'excepts what goes to')]),
	];
}

/** Within the namespaces that the term names, if it names some. */
function told(term: Term, linted: LintCase, what: string): Finding {
	const scope = term.requirements.filter(({kind}) => kind === 'namespace' || kind === 'namespace-label');
	const there = scope.length === 0 ? all(linted) : linted.selectors.ofTerm({...term, requirements: scope});
	const workloads = [...membersOf(there)].flatMap(number => linted.ends.all[number]!.workload ?? []);
	const elsewhere = scope.length > 0 && workloads.length === 0;
	const meant = whatWasMeant(term, workloads);
	const nobody = `there is no workload ${describeTerm(term)}`;
	return finding({
		severity: elsewhere ? 'note' : 'warning',
		where: term.where,
		what: `${what} nobody: ${elsewhere ? `nothing here is ${describeTerm({requirements: scope})}` : nobody}`,
		mend: elsewhere
			? 'right if they live elsewhere: what they would need is not checked'
			: (meant ?? (term.requirements.length > 1 ? 'each of these is there, and never together' : '')),
	});
}

const all = ({ends}: LintCase) =>
	bitSet(
		ends.all.length,
		ends.all.map(({index}) => index),
	);
