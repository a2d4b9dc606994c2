// Manifests that no API server takes, and that some tools read all the same.
import ipaddr from 'ipaddr.js';
import {parseManifests} from '../../core/kubernetes/manifests.ts';
import type {Corpus} from './corpus.ts';

/**
 * Whether a policy excepts from a CIDR what lies outside it. The API server refuses such a policy (ValidateIPBlock: "must
 * be a strict subset"), and so does the importer.
 */
export function exceptsOutside(corpus: Corpus, files: readonly string[]): boolean {
	const {manifests} = parseManifests(corpus.manifests(files));
	return manifests.some(({value}) =>
		ipBlocksIn(value).some(({cidr, except}) => except.some(one => !inside(cidr, one))),
	);
}

interface IpBlock {
	readonly cidr: string;
	readonly except: readonly string[];
}

/** Wherever in an object they stand. */
function ipBlocksIn(value: unknown): readonly IpBlock[] {
	if (typeof value !== 'object' || value === null) return [];
	const {cidr, except} = value as {readonly cidr?: unknown; readonly except?: unknown};
	const own = typeof cidr === 'string' && Array.isArray(except) ? [{cidr, except: except as readonly string[]}] : [];
	return [...own, ...Object.values(value).flatMap(ipBlocksIn)];
}

function inside(outer: string, inner: string): boolean {
	const [[range, bits], [address, length]] = [ipaddr.parseCIDR(outer), ipaddr.parseCIDR(inner)];
	if (range.kind() !== address.kind() || length <= bits) return false;
	return address.match(range as ipaddr.IPv4 & ipaddr.IPv6, bits);
}
