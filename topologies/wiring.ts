// Which changes wire a plan: in the fabric and in a workload, before and after its rules are loaded.
import {hasMetadata} from '../core/attack/model-replies.ts';
import type {LiveSite} from '../core/contracts/site.ts';
import {metadataService} from '../core/model/metadata-service.ts';
import type {Change} from '../kernel/rtnetlink.ts';
import {fabricAddress, fabricMac, gateway, type Plan, type Site} from './plan.ts';

/**
 * The fabric itself: its own addresses, that of the metadata service where some workload has one, and a route that sends
 * what nobody owns nowhere (with an ICMP error).
 */
export const wireFabric = ({topology}: Pick<Plan, 'topology'>): readonly Change[] => [
	{kind: 'up', index: 1},
	{kind: 'address', index: 1, family: 4, address: fabricAddress[4]},
	{kind: 'address', index: 1, family: 6, address: fabricAddress[6]},
	...(hasMetadata(topology) ? [{kind: 'address', index: 1, family: 4, address: metadataService.address} as const] : []),
	{kind: 'route', family: 4, type: 'unreachable', to: '0.0.0.0', prefix: 0},
	{kind: 'route', family: 6, type: 'unreachable', to: '::', prefix: 0, index: 1},
];

/** The links of some sites, all down. */
export const createLinks = (sites: readonly (Site & LiveSite)[]): readonly Change[] =>
	sites.map(({port, link, netns}) => ({kind: 'veth', here: {...port, mac: fabricMac}, there: link, netns}));

/** In the workload, while its link is down: addresses only. */
export const prepareSite = ({workload, link}: Site): readonly Change[] => [
	{kind: 'up', index: 1},
	...workload.addresses.map(({family, address}) => ({kind: 'address', index: link.index, family, address}) as const),
];

/** In the fabric, when rules are loaded: the port goes up, and the way to each address. */
export const openPort = ({workload, port, link}: Site): readonly Change[] => [
	{kind: 'up', index: port.index},
	...workload.addresses.flatMap(
		({family, address}) =>
			[
				{kind: 'neighbour', index: port.index, family, address, mac: link.mac},
				{kind: 'route', family, to: address, prefix: family === 4 ? 32 : 128, index: port.index},
			] as const,
	),
];

/** In the workload, when rules are loaded: link, gateway, its segments' prefixes, and the default route. */
export function openSite({workload, link}: Site, plan: Plan): readonly Change[] {
	const families = [...new Set(workload.addresses.map(({family}) => family))];
	const segments = plan.topology.segments.filter(({name}) => workload.segments.includes(name));
	const routes = segments.flatMap(segment =>
		segment.prefixes.flatMap(({family, cidr}) => {
			const [to, prefix] = cidr.split('/');
			const source = workload.addresses.find(own => own.family === family && own.segment === segment.name);
			return source === undefined
				? []
				: [
						{
							kind: 'route',
							family,
							to: to!,
							prefix: Number(prefix),
							index: link.index,
							via: gateway[family],
							source: source.address,
						} as const,
					];
		}),
	);
	return [
		{kind: 'up', index: link.index},
		...families.map(
			family => ({kind: 'neighbour', index: link.index, family, address: gateway[family], mac: fabricMac}) as const,
		),
		...routes,
		...families.map(
			family =>
				({
					kind: 'route',
					family,
					to: family === 4 ? '0.0.0.0' : '::',
					prefix: 0,
					index: link.index,
					via: gateway[family],
				}) as const,
		),
	];
}
