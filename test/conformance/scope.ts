// Which cases are tried. Left out is what Firebreak does not model, each with its reason; nothing is left out because
// its answer is awkward.
import type {Case, Corpus} from './corpus.ts';
import {exceptsOutside} from './unlawful.ts';

/** Formats that are compared here. */
const formats = ['connlist', 'connlist-diff', 'probe-matrix', 'probe-lines', 'reject', 'relations'];

/** By format: what judges it instead. */
const otherFormats: Readonly<Record<string, string>> = {
	'compose-summary': 'import compose: another capability',
	'clab-summary': 'import containerlab: another capability',
	'networkpolicy-yaml': 'recommended policies: another capability',
};

/** By feature, the first that a case has: why it is outside the scope. */
const outside: Readonly<Record<string, string>> = {
	'disputed-strictness': 'disputed strictness: the API server takes it',
	focus: 'focus: an option of another tool’s output',
	MultiNetworkPolicy: 'MultiNetworkPolicy',
	NAD: 'user-defined networks',
	UDN: 'user-defined networks',
	CUDN: 'user-defined networks',
	'kind:VirtualMachine': 'virtual machines',
	'multi-section-output': 'user-defined networks',
	Ingress: 'Ingress controllers',
	Route: 'Route controllers',
	'expects-ingress-controller-peer': 'Ingress controllers',
};

/** Why the case is left out, or null where it is tried. Whatever is `pure-policy` is tried. */
export function leftOut(corpus: Corpus, {features, expected_format: format, input}: Case): string | null {
	if (!formats.includes(format)) return otherFormats[format] ?? `format ${format} is not known`;
	if (features.includes('pure-policy')) return null;
	const feature = Object.keys(outside).find(one => features.includes(one));
	if (feature !== undefined) return outside[feature]!;
	if (features.includes('node-peers') && !features.includes('hostNetwork-dst'))
		return 'nodes as peers without a pod on a node’s network';
	return format === 'relations' && exceptsOutside(corpus, input)
		? 'a policy that the API server refuses: an except outside its cidr'
		: null;
}
