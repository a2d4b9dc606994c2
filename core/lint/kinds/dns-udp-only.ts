import type {PortMatch} from '../../model/policy.ts';
import type {Workload} from '../../model/topology.ts';
import {difference, hasPort, portSet} from '../../reach/port-set.ts';
import {membersOf} from '../bit-set.ts';
import {endAt, flowOf, type LintEnd} from '../ends.ts';
import type {Encounter, Fate} from '../fate.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import type {WrittenRule} from '../subject.ts';
import {witnessOf} from '../witness.ts';

export const dnsUdpOnly: FindingKind = {
	id: 'dns-udp-only',
	severities: ['warning'],
	title: 'name service over UDP and not over TCP',
	looksFor:
		'A rule that names 53/udp, where nothing allows 53/tcp between the same ends: what does not fit into a datagram is asked again over TCP (RFC 7766), so that names fail now and then. A server that is declared and listens on UDP alone is none, nor is a rule beside another that allows TCP.',
	find: linted =>
		linted.fates.flatMap(fate => {
			if (fate.written.rule.action !== 'allow' || !namesDns(fate.written.rule.on)) return [];
			if (fate.kind === 'works') return between(fate, linted);
			return fate.kind === 'never-matches' ? unseen(fate.written) : [];
		}),
};

/** An entry that means 53/udp or little else; a rule for every port is not about names. */
const namesDns = (on: readonly PortMatch[] | null): boolean =>
	on?.some(
		one =>
			(one.kind === 'range' && one.protocol === 'udp' && one.first === 53 && one.last === 53) || one.kind === 'service',
	) === true;

function between({written, encounters}: Extract<Fate, {kind: 'works'}>, linted: LintCase): readonly Finding[] {
	for (const encounter of encounters.filter(({meeting}) => hasPort(meeting.decides, 'udp', 53)))
		for (const end of encounter.view.ends)
			for (const number of membersOf(encounter.group.peers)) {
				const witness = shown(encounter, end, linted.ends.all[number]!, linted);
				if (witness !== null) return [{...told(written), witness}];
			}
	return [];
}

function shown({view, group}: Encounter, end: LintEnd, peer: LintEnd, linted: LintCase): Finding['witness'] {
	if (hasPort(group.allowed, 'tcp', 53)) return null;
	const [source, destination] = view.direction === 'egress' ? [end, peer] : [peer, end];
	const server = serverAt(destination, linted);
	if (server === null) return null;
	const asked = flowOf(source, server, {protocol: 'udp', port: 53});
	if (asked === undefined || linted.verdict(asked).action !== 'allow') return null;
	return witnessOf(linted, [flowOf(source, server, {protocol: 'tcp', port: 53})], ({action}) => action === 'deny');
}

/** One that is known to answer over both; where no name server is known, whoever it is. */
function serverAt(end: LintEnd, {topology}: LintCase): LintEnd | null {
	const listens = ({services}: Workload, protocol: string): boolean =>
		services.some(one => one.port === 53 && one.protocol === protocol);
	if (end.workload === null || !topology.workloads.some(one => listens(one, 'udp'))) return end;
	const server = end.endClass.members.find(one => listens(one, 'udp') && listens(one, 'tcp'));
	return server === undefined ? null : endAt(end, server);
}

/** A rule for a name server that is not in the topology: nothing can be shown, and it says what it says. */
function unseen(written: WrittenRule): readonly Finding[] {
	const {policy, rule} = written;
	const portsOf = (on: readonly PortMatch[] | null) =>
		portSet((on ?? []).flatMap(one => (one.kind === 'range' ? [one] : [])));
	const own = portsOf(rule.on);
	if (!hasPort(own, 'udp', 53) || difference(own, portSet([{protocol: 'udp', first: 53, last: 53}])).length > 1)
		return [];
	const beside = policy.rules.some(
		({on, direction}) => direction === rule.direction && (on === null || hasPort(portsOf(on), 'tcp', 53)),
	);
	return beside ? [] : [told(written)];
}

const told = ({rule, ref}: WrittenRule): Finding =>
	finding({
		severity: 'warning',
		where: rule.where,
		what: `"${rule.name}" allows name service by 53/udp alone: long answers are asked for again by 53/tcp`,
		mend: 'add 53/tcp to it',
		rule: ref,
	});
