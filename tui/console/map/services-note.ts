import {kindsOf, portText} from '../../../core/measure/kinds.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {type Line, shown, span} from '../../line.ts';

/** What a kind offers, as the map says it when one looks closely: `https 443 · ssh 22`, a weak one with an `!`. */
export function servicesNote(topology: Topology, kind: string): Line {
	const services = kindsOf(topology).all.get(kind)?.services ?? [];
	return services.flatMap(({name, weak, ...service}, at) => [
		span(at === 0 ? '' : ' · ', 'dim'),
		span(`${shown(name)} ${portText({name, weak, ...service}).replace('/tcp', '')}`, 'dim'),
		span(weak.length > 0 ? '!' : '', 'bad'),
	]);
}
