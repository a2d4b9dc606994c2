import {isIPv4, isSwept, sweepAddresses, sweepPrefix} from '../../core/attack/sweep-addresses.ts';
import type {HostView} from '../../core/contracts/network.ts';
import type {Knowledge, PlannedAction, Technique} from '../../core/contracts/technique.ts';
import {countAnswers, learned, plural} from './learned.ts';
import {sortActions} from './targets.ts';

/** What an action is aimed at when it asks for the names that a pivot's hosts file has. */
const hostsFile = 'hosts file';

/**
 * An ICMP echo to every address of a pivot's own IPv4 prefixes, an action a prefix, and to the names in its hosts file
 * that nothing else told of, in one action more. Addresses of which a sweep already said something are left out.
 */
export const discoverHosts: Technique = {
	name: 'discover-hosts',
	attack: {technique: 'T1018', tactic: 'TA0007', title: 'Remote System Discovery'},
	describes: {
		wire: 'ICMP echo requests from a pivot to the addresses of its own subnets and to names it found.',
		seen: 'One source sends echo requests to many addresses, most of which nobody owns.',
	},
	plan(knowledge) {
		const unswept = new Map<string, boolean>();
		const isOpen = (prefix: string): boolean => {
			const known = unswept.get(prefix) ?? unsweptOf(knowledge, prefix).length > 0;
			unswept.set(prefix, known);
			return known;
		};
		const named = namesByPivot(knowledge);
		return sortActions(
			knowledge.pivots.flatMap(pivot => {
				const sweeps = prefixesOf(pivot).filter(isOpen);
				const aims = named.has(pivot.hostname) ? [...sweeps, hostsFile] : sweeps;
				return aims.map(to => action(pivot.hostname, to)).filter(({key}) => !knowledge.done.has(key));
			}),
		);
	},
	async perform({from, to}, number, network, knowledge) {
		const addresses = to === hostsFile ? (namesByPivot(knowledge).get(from) ?? []) : unsweptOf(knowledge, to);
		const answers = await network.sweep(
			addresses.map(address => ({action: number, from, to: address, protocol: 'icmp', port: 0})),
		);
		const hosts = addresses.filter((_, at) => answers[at] === 'open' || answers[at] === 'closed');
		const silent = answers.length > 0 && answers.every(answer => answer === 'silent');
		return learned({
			result: hosts.length > 0 ? 'success' : silent ? 'denied' : 'nothing',
			detail: `${plural(hosts.length, 'host')} seen`,
			probes: addresses.length,
			answers: countAnswers(answers),
			hosts,
			absent: addresses.filter((_, at) => answers[at] === 'no-host'),
		});
	},
};

const action = (from: string, to: string): PlannedAction => ({
	key: `discover-hosts ${from} ${to}`,
	technique: 'discover-hosts',
	from,
	to,
	address: null,
	protocol: 'icmp',
	port: null,
	secret: null,
	speaks: null,
});

const prefixesOf = ({subnets, addresses}: HostView): readonly string[] => [
	...new Set(subnets.flatMap(cidr => sweepPrefix(cidr, addresses) ?? [])),
];

const unsweptOf = ({swept, hosts, lost}: Knowledge, prefix: string): readonly string[] =>
	sweepAddresses(prefix).filter(address => !swept.has(address) && !lost.has(hosts.get(address)?.name ?? ''));

/** For each pivot the addresses that only its hosts file told of: not an earlier pivot's, and in none of its sweeps. */
function namesByPivot({pivots, swept, hosts, lost}: Knowledge): ReadonlyMap<string, readonly string[]> {
	const told = new Set<string>();
	const names = new Map<string, readonly string[]>();
	for (const pivot of pivots) {
		const prefixes = prefixesOf(pivot);
		const own = [...new Set(pivot.hosts.map(({address}) => address))].filter(
			address =>
				isIPv4(address) &&
				pivot.addresses.some(isIPv4) &&
				!told.has(address) &&
				!prefixes.some(prefix => isSwept(prefix, address)) &&
				!swept.has(address) &&
				!lost.has(hosts.get(address)?.name ?? ''),
		);
		for (const {address} of pivot.hosts) told.add(address);
		if (own.length > 0) names.set(pivot.hostname, own.sort());
	}
	return names;
}
