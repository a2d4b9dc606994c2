import type {RuleRef} from '../../model/policy.ts';
import {hasPort, noPorts, union} from '../../reach/port-set.ts';
import type {EndView} from '../end-view.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {kindNames, rulePlace, someOf} from '../words.ts';

export const dnsForgotten: FindingKind = {
	id: 'dns-forgotten',
	severities: ['warning', 'note'],
	title: 'workloads that may call others and may not ask for their names',
	looksFor:
		'Workloads that need a name server (port 53) and may not ask it: a warning, one for each rule that denies it. Where no name server is known: a note for a Kubernetes policy under which pods may call other pods and ask nobody for names. Pods that may send nothing at all need no names.',
	find: linted => [...deniedServers(linted), ...(hasNameServer(linted) ? [] : silentPods(linted))],
};

const hasNameServer = ({topology}: LintCase): boolean =>
	topology.workloads.some(({services}) => services.some(({port}) => port === 53));

function deniedServers(linted: LintCase): readonly Finding[] {
	const needs = linted.needs.filter(({dependency}) => dependency.port === 53);
	return [...Map.groupBy(needs, ({witness}) => witness.rule.id).values()].map(group => {
		const [{witness, dependency}] = group as [(typeof group)[number]];
		const {rule} = witness;
		const names = group.map(need => need.dependency.from);
		return finding({
			severity: 'warning',
			where: rule.where ?? dependency.where,
			what: `${someOf(names)} may not ask ${dependency.to} for names: ${rulePlace({...rule, where: null})} denies 53/udp`,
			mend:
				witness.direction === 'egress'
					? `allow them to send 53/udp and 53/tcp to ${dependency.to}`
					: `allow ${dependency.to} to receive 53/udp and 53/tcp from them`,
			rule: linted.written(rule.id)?.ref ?? null,
			witness,
			weight: group.length,
		});
	});
}

/** By the policy that isolates them. */
function silentPods(linted: LintCase): readonly Finding[] {
	const silent = linted.views.filter(view => mayCall(view) && !mayAsk(view));
	const byPolicy = Map.groupBy(silent, ({program}) => program.isolation!.verdict.rule.id);
	return [...byPolicy.values()].map(views => {
		const ref: RuleRef = views[0]!.program.isolation!.verdict.rule;
		const names = views.flatMap(({ends}) => [...ends].flatMap(kindNames));
		return finding({
			severity: 'note',
			where: ref.where!,
			what: `${someOf(names)} may call others and may ask nobody for their names`,
			mend: 'allow egress on 53/udp and 53/tcp to the name server, unless they only use addresses',
			weight: names.length,
		});
	});
}

/** Whether a rule lets its ends open connections to workloads. */
const mayCall = ({direction, program, groups}: EndView): boolean =>
	direction === 'egress' &&
	program.isolation !== null &&
	groups.some(({rules}) =>
		rules.some(({step, decides}) => decides.length > 0 && step.peer.some(({reach}) => reach === 'workloads')),
	);

/** 53/udp to anybody, or a rule that means it for somebody who is not there. */
const mayAsk = ({groups, program}: EndView): boolean =>
	hasPort(
		groups.reduce((set, {allowed}) => union(set, allowed), noPorts),
		'udp',
		53,
	) ||
	program.rules.some(({match}) =>
		match.on?.some(one => one.kind === 'range' && one.protocol === 'udp' && one.first <= 53 && 53 <= one.last),
	);
