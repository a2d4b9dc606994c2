// Worlds in which attackers go through others, by chance: two segments with a workload in both, a name server, a machine
// outside, and a policy of single flows.
import type {Stack} from '../../core/model/policy.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import type {Topology} from '../../core/model/topology.ts';
import {attackTopology, type HostSpec} from './attack-world.ts';
import {allow, policies} from './policy.ts';
import type {Chance} from './seeded.ts';

const offered = ['weak http:8080', 'http:80', 'ssh:22', 'weak ssh:22', 'postgres:5432', 'redis:6379'];

/** Four to six hosts, of which `h0` is the foothold and `h1` lies in both segments. */
export function randomRelayWorld(chance: Chance): Topology {
	const names = Array.from({length: 4 + chance.below(3)}, (_, at) => `h${at}`);
	const services = new Map(names.map(name => [name, oneEach(chance.some(offered, 0.45))]));
	const doors = names.flatMap(name => services.get(name)!.map(text => `${name}:${text.replace('weak ', '')}`));
	const fitting = (speaks: RegExp): string =>
		chance
			.some(doors, 0.7)
			.filter(door => speaks.test(door))
			.map(door => door.split(':').slice(0, 2).join(':'))
			.join(' ');
	const hosts = names.map((name, at): [string, HostSpec] => [
		name,
		{
			services: services.get(name)!,
			segment: at === 1 ? 'lan' : chance.pick(['lan', 'lan', 'other']),
			...(at === 1 ? {also: 'other'} : {}),
			holds: at === 0 ? ['key', 'word'] : chance.some(['key', 'word'], 0.3),
			needs: [
				...chance.some(doors, 0.4).map(door => `${door.split(':')[0]}:${door.split(':')[2]}`),
				'names:53/udp',
			].filter(need => !need.startsWith(`${name}:`)),
		},
	]);
	return attackTopology(
		{
			...Object.fromEntries(hosts),
			names: {services: ['dns:53/udp', 'dns:53/tcp'], segment: chance.pick(['lan', 'other'])},
			internet: {segment: 'wan', outside: true, services: chance.some(['http:80', 'dns:53/udp'], 0.5)},
		},
		{key: `ssh-key ${fitting(/:ssh:/)}`.trim(), word: `password ${fitting(/:(ssh|postgres|redis):/)}`.trim()},
	);
}

/** Single flows to the services that there are, a share of 0.2 to 0.8 of them; what is not allowed is dropped or reset. */
export function randomFlowPolicy(chance: Chance, {workloads}: Topology): Stack {
	const share = 0.2 + chance.below(7) / 10;
	const flows = workloads.flatMap(from =>
		workloads.flatMap(to => {
			const ports = to.services.map(({port, protocol}) => `${port}/${protocol}`);
			const wanted = to.outside ? [...ports, '443/tcp', '22/tcp'] : ports;
			return from === to ? [] : chance.some(wanted, share).map(on => ({from, to, on}));
		}),
	);
	const rules = flows.map(({from, to, on}) =>
		allow(`${from.name} to ${to.name}`, {
			from: from.outside ? {workload: from.name, outside: true} : {workload: from.name},
			to: to.outside ? {workload: to.name, outside: true} : {workload: to.name},
			on: [on],
		}),
	);
	return policies({rules, denied: chance.pick(['drop', 'reject'])});
}

const ways: readonly TechniqueName[] = ['discover-services', 'exploit-service', 'reuse-ssh-key', 'reuse-password'];
const others: readonly TechniqueName[] = [
	'cross-networks',
	'proxy-through',
	'tunnel',
	'dns-channel',
	'exfiltrate',
	'transfer-tool',
];

/** One way in or more, so that relays are left with what it does not do, and most of the others. */
export const randomTechniques = (chance: Chance): readonly TechniqueName[] => [
	...new Set([chance.pick(ways.slice(1)), ...chance.some(ways, 0.15), ...chance.some(others, 0.8)]),
];

/** At most one service a port. */
const oneEach = (texts: readonly string[]): readonly string[] => [
	...new Map(texts.map(text => [text.replace('weak ', ''), text])).values(),
];
