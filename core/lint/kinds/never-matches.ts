import type {Direction} from '../../model/policy.ts';
import {bothBits, isNone, membersOf} from '../bit-set.ts';
import type {LintEnd} from '../ends.ts';
import {type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import type {WrittenRule} from '../subject.ts';
import {kindNames, portWordsOf, someOf} from '../words.ts';

export const neverMatches: FindingKind = {
	id: 'never-matches',
	severities: ['warning'],
	title: 'a rule that matches no flow',
	looksFor:
		'A rule whose selectors each mean somebody, and which matches nothing all the same: its relation holds between no two of them, nobody has the service it names, the policy speaks for neither end (applies, directions), nothing can be enforced there, or its exceptions take all of it away. Both stacks are asked, so that a rule of a policy that observes is none.',
	find: linted =>
		linted.fates.flatMap(fate => {
			if (fate.kind !== 'never-matches') return [];
			const {written} = fate;
			const {of} = linted.selectors;
			if ([written.policy.applies, written.rule.from, written.rule.to].some(selector => isNone(of(selector))))
				return [];
			const {why, mend} = reasonOf(written, linted);
			const {rule, ref} = written;
			return [
				finding({
					severity: 'warning',
					where: rule.where,
					what: `"${rule.name}" matches no flow: ${why}`,
					mend,
					rule: ref,
					idle: [rule.id],
					removable: 'today',
				}),
			];
		}),
};

interface Reason {
	readonly why: string;
	readonly mend: string;
}

/** The first thing that alone is enough, in the order in which a reader would look. */
function reasonOf({rule, policy}: WrittenRule, linted: LintCase): Reason {
	const {selectors, matches, ends} = linted;
	const [from, to] = [selectors.of(rule.from), selectors.of(rule.to)];
	const sources = [...membersOf(from)].map(number => ends.all[number]!);
	const bare = {...rule, unless: [], on: null};
	const meets = (match: typeof rule | typeof bare): boolean =>
		sources.some(end =>
			matches.pieces({peer: rule.to, match}, 'egress', end).some(({peers}) => hasFamily(peers, end, linted)),
		);
	if (!meets(bare)) {
		const words = [
			...rule.same.map(key => `the same ${key}`),
			...(rule.differ.length > 0 ? [`another ${rule.differ.join(' or ')}`] : []),
		];
		return {
			why: `no two ends that it means have ${words.join(' and ')}`,
			mend: 'is a selector narrower than was meant?',
		};
	}
	if (!meets({...rule, unless: []}))
		return {
			why:
				rule.on?.length === 0
					? 'no port has the name that it gives'
					: `no destination that it means has ${portWordsOf(rule.on ?? [])}`,
			mend: 'name a service that they have, or its port',
		};
	const spoken = (['egress', 'ingress'] as const).filter(
		direction => policy.directions.includes(direction) && (rule.direction ?? direction) === direction,
	);
	const near = (direction: Direction) => bothBits(direction === 'egress' ? from : to, selectors.of(policy.applies));
	const under = spoken.flatMap(direction => [...membersOf(near(direction))].map(number => ends.all[number]!));
	if (under.length === 0)
		return {
			why: `${policy.name} speaks for no ${spoken.map(direction => (direction === 'egress' ? 'sender' : 'receiver')).join(' and no ')} that it means`,
			mend: 'widen applies or directions, or remove the rule',
		};
	if (under.every(end => isUnjudged(end, linted)))
		return {
			why: `nothing can be enforced at ${someOf(under.flatMap(kindNames))}`,
			mend: 'say it in a policy for the other end, or remove the rule',
		};
	return rule.unless.length > 0
		? {why: 'its exceptions take all of it away', mend: 'narrow unless, or remove the rule'}
		: {why: 'the ends that it means never meet', mend: 'remove the rule'};
}

const hasFamily = (peers: Uint32Array, end: LintEnd, {ends}: LintCase): boolean =>
	!isNone(bothBits(peers, ends.ofFamily[end.family]));

/** Outside, or with no enforcer at this placement. */
const isUnjudged = ({workload}: LintEnd, {placement}: LintCase): boolean =>
	workload === null || workload.outside || (placement === 'host' && !workload.managed);
