import type {Flow} from '../../model/flow.ts';
import {hasPort} from '../../reach/port-set.ts';
import {hasBit} from '../bit-set.ts';
import {cidrTerms, takesIn} from '../cidr-terms.ts';
import {isWithin, type LintEnd} from '../ends.ts';
import type {Fate} from '../fate.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {witnessOf} from '../witness.ts';

const metadata = '169.254.169.254';

export const metadataReachable: FindingKind = {
	id: 'metadata-reachable',
	severities: ['warning'],
	title: 'a range that takes in the metadata service of clouds',
	looksFor:
		'An allow whose range takes in 169.254.169.254 on 80/tcp, where clouds hand out the credentials of the machine, and by which a workload reaches it. A range that excepts it, other ports alone, or an earlier rule that denies it are none.',
	find: linted => {
		const there = linted.ends.all.find(isMetadata);
		return there === undefined
			? []
			: linted.fates.flatMap(fate => (fate.kind === 'works' ? reached(fate, there, linted) : []));
	},
};

const isMetadata = ({address, endClass: {beyond}, family}: LintEnd): boolean =>
	family === 4 && (address === metadata || (beyond !== null && isWithin(beyond, metadata)));

function reached(
	{written, encounters}: Extract<Fate, {kind: 'works'}>,
	there: LintEnd,
	linted: LintCase,
): readonly Finding[] {
	const {rule, ref} = written;
	const found = cidrTerms(rule.to).find(({cidr}) => takesIn(cidr, metadata));
	if (found === undefined || rule.action !== 'allow') return [];
	function* flows() {
		for (const {view, group, meeting} of encounters)
			if (view.direction === 'egress' && hasBit(group.peers, there.index) && hasPort(meeting.decides, 'tcp', 80))
				for (const end of view.ends) yield toMetadata(end, there);
	}
	const witness = witnessOf(linted, flows(), ({egress}) => egress?.rule.id === rule.id && egress.action === 'allow');
	if (witness === null) return [];
	return [
		finding({
			severity: 'warning',
			where: found.term.where,
			what: `"${rule.name}" takes in ${metadata}, the metadata service of clouds, which hands out credentials`,
			mend: `except ${metadata}/32, or name the ranges that are meant`,
			rule: ref,
			witness,
		}),
	];
}

const toMetadata = ({workload, address, family}: LintEnd, there: LintEnd): Flow => ({
	source: {workload: workload?.name ?? null, address},
	destination: {workload: there.workload?.name ?? null, address: metadata},
	family,
	protocol: 'tcp',
	port: 80,
});
