import type {Coverage} from '../contracts/report.ts';
import type {Topology} from '../model/topology.ts';
import {type Kinds, serves, serviceText} from './kinds.ts';

/** Under this share of services with a known caller, `broken: 0` says nothing. */
export const enoughCoverage = 0.5;

/** How much is known of who needs what: services of W with a known caller (an assumed one is not known), and dependencies by source. */
export function coverage({dependencies}: Pick<Topology, 'dependencies'>, kinds: Kinds): Coverage {
	const known = dependencies.filter(({dangling}) => !dangling);
	const callers = Map.groupBy(
		known.filter(({source}) => source !== 'assumed'),
		({to}) => to,
	);
	const services = kinds.counted.flatMap(kind => kind.services.map(service => ({kind: kind.name, service})));
	const withoutCaller = services.filter(
		({kind, service}) => !(callers.get(kind) ?? []).some(({protocol, port}) => serves(service, protocol, port)),
	);
	const covered = services.length - withoutCaller.length;
	const bySource = {declared: 0, imported: 0, assumed: 0, learned: 0};
	for (const {source} of known) bySource[source] += 1;
	return {
		services: services.length,
		covered,
		share: services.length === 0 ? null : covered / services.length,
		bySource,
		withoutCaller: withoutCaller.map(({kind, service}) => serviceText(kind, service)),
	};
}
