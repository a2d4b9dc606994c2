import type {Requirement, Term} from '../../model/policy.ts';
import {cidrTerms, takesIn} from '../cidr-terms.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import type {WrittenRule} from '../subject.ts';
import {isKubernetes, many} from '../words.ts';

/** Where NodeLocal DNSCache listens. Source: Kubernetes documentation, "Using NodeLocal DNSCache". */
const nodeLocal = '169.254.20.10';
const servers = ['kube-dns', 'coredns', 'core-dns'];

export const dnsByPodsOnly: FindingKind = {
	id: 'dns-by-pods-only',
	severities: ['warning', 'note'],
	title: 'name service in Kubernetes, allowed by the labels of pods alone',
	looksFor:
		'A rule for the pods of kube-dns that has no namespaceSelector, and so looks for them in its own namespace: a warning. And once for all, as a note: name service is allowed to pods and to no address, so that it stops where nodes answer it themselves (NodeLocal DNSCache, 169.254.20.10).',
	find: linted => {
		const rules = linted.rules.filter(({policy, rule}) => isKubernetes(policy) && rule.direction === 'egress');
		const lost = rules.flatMap(written =>
			written.rule.to.filter(term => isLost(term, linted)).map(term => ({written, term})),
		);
		const dns = rules.filter(({rule}) => rule.action === 'allow' && namesDns(rule));
		const byAddress = dns.some(({rule}) => rule.to.some(reachesNode));
		return [
			...lost.map(({written, term}) => wrongNamespace(written, term)),
			...(byAddress ? [] : onNodes(dns, lost.length)),
		];
	},
};

const namesDns = ({on}: WrittenRule['rule']): boolean =>
	on?.some(one => one.kind === 'range' && one.protocol === 'udp' && one.first === 53 && one.last === 53) === true;

const reachesNode = (term: Term): boolean =>
	(term.reach === 'anything' && term.requirements.length === 0) ||
	cidrTerms([term]).some(({cidr}) => takesIn(cidr, nodeLocal));

const isServer = (requirement: Requirement): boolean =>
	requirement.kind === 'label' &&
	requirement.wanted &&
	requirement.values?.some(value => servers.includes(value)) === true;

/** Looks for the name server in its own namespace, and finds nobody there. */
export const isLost = (term: Term, {selectors}: Pick<LintCase, 'selectors'>): boolean =>
	term.requirements.some(({kind}) => kind === 'namespace') &&
	term.requirements.some(isServer) &&
	selectors.ofTerm(term).every(word => word === 0);

const wrongNamespace = ({rule, ref}: WrittenRule, {where}: Term): Finding =>
	finding({
		severity: 'warning',
		where,
		what: `"${rule.name}" looks for the name server among the pods of its own namespace, where there is none`,
		mend: 'add namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}} beside the podSelector',
		rule: ref,
	});

function onNodes(dns: readonly WrittenRule[], lost: number): readonly Finding[] {
	const [first] = dns;
	if (first === undefined || lost === dns.length) return [];
	return [
		finding({
			severity: 'note',
			where: first.rule.where,
			what: `name service is allowed to pods alone, by ${many(dns.length, 'rule')}: where nodes answer it themselves (NodeLocal DNSCache) it stops`,
			mend: `if yours do, allow 53/udp and 53/tcp to ${nodeLocal}/32 too`,
			rule: first.ref,
		}),
	];
}
