// Networks of a project: those that somebody is in, as parts, and who is in which.

import {isUsable} from '../../core/assembly/allot-networks.ts';
import type {Attachment, NetworkPart} from '../../core/assembly/parts.ts';
import {parseRange} from '../../core/files/address-range.ts';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import {plain} from '../../core/native/native-names.ts';
import type {ComposeHost} from './compose-host.ts';
import type {ComposeNetwork, ComposeProject} from './project.ts';

export interface HostNetwork {
	/** As the Compose file has it; `host` and `bridge` are Docker's own. */
	readonly written: string;
	readonly aliases: readonly string[];
}

export interface Networks {
	readonly parts: readonly NetworkPart[];
	readonly attachments: ReadonlyMap<ComposeHost, readonly Attachment[]>;
	readonly of: ReadonlyMap<ComposeHost, readonly HostNetwork[]>;
	/** Name of the part by the name in the Compose file. */
	readonly names: ReadonlyMap<string, string>;
	/** Parts that have no way out. */
	readonly internal: ReadonlySet<string>;
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

/** Docker's own network for what names none is `default`; `network_mode: host` and `bridge` have one of that name. */
export function composeNetworks(project: ComposeProject, hosts: readonly ComposeHost[]): Networks {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const used = new Map<string, ComposeNetwork>();
	const of = new Map<ComposeHost, readonly HostNetwork[]>();
	const attached = new Map<ComposeHost, readonly (Attachment & {written: string})[]>();
	for (const host of hosts) {
		const uses = usesOf(host);
		const known = uses.filter(({network: written, where}) => {
			const declared = project.networks.get(written);
			if (declared === undefined && written !== 'default' && !isDockers(host)) {
				const what = `${host.owner.name} is in the network ${plainWord(written)}, which the file does not declare`;
				problems.push({where, what, mend: didYouMean(written, [...project.networks.keys(), 'default'])});
				return false;
			}
			used.set(written, declared ?? {subnet: null, internal: false, where});
			return true;
		});
		of.set(
			host,
			known.map(({network, aliases}) => ({written: network, aliases})),
		);
		attached.set(
			host,
			known.map(({network, address, where}) => ({network, written: network, address, where})),
		);
	}
	const names = nativeNamesOf([...used.keys()]);
	const parts = [...used].map(([written, {subnet, where}]) => {
		const cidr = subnet === null ? null : rangeOf(subnet);
		if (cidr === undefined)
			warnings.push({
				where,
				what: `the subnet ${plainWord(subnet!)} of ${plainWord(written)} is not read: it gets another`,
				mend: '',
			});
		return {name: names.get(written)!, cidr: cidr ?? null, where};
	});
	const ranges = new Map(parts.map(({name, cidr}) => [name, cidr]));
	const attachments = new Map(
		[...attached].map(([host, all]) => [
			host,
			all.map(({written, address, where}): Attachment => {
				const network = names.get(written)!;
				return {network, address: ranges.get(network) === null ? null : address, where};
			}),
		]),
	);
	const internal = new Set([...used].flatMap(([written, one]) => (one.internal ? [names.get(written)!] : [])));
	return {parts, attachments, of, names, internal, problems, warnings};
}

const isDockers = ({owner}: ComposeHost): boolean => /^(host|bridge)$/.test(owner.networkMode?.value ?? '');

interface Use extends Attachment {
	readonly aliases: readonly string[];
}

function usesOf(host: ComposeHost): readonly Use[] {
	const {networks, networkMode, where} = host.owner;
	if (isDockers(host)) return [{network: networkMode!.value, address: null, aliases: [], where: networkMode!.where}];
	if (networks === null || networks.size === 0) return [{network: 'default', address: null, aliases: [], where}];
	return [...networks].map(([network, {ipv4, aliases, where: at}]) => ({network, address: ipv4, aliases, where: at}));
}

/** IPv4 range without bits beyond its prefix; undefined for what is none that workloads can have. */
function rangeOf(subnet: string): string | undefined {
	const range = parseRange(subnet);
	return range.kind === 'range' && !subnet.includes(':') && isUsable(range.cidr) ? range.cidr : undefined;
}

/** `outside` is where topology files put outside hosts. */
function nativeNamesOf(written: readonly string[]): ReadonlyMap<string, string> {
	const taken = new Set(['outside']);
	return new Map(
		written.map(one => {
			const stem = plain(one);
			let name = stem;
			for (let number = 2; taken.has(name); number++) name = `${stem}-${number}`;
			taken.add(name);
			return [one, name];
		}),
	);
}
