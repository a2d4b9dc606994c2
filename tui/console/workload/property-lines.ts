// What a workload is: labels, addresses, services, secrets.

import {portText} from '../../../core/measure/kinds.ts';
import type {Secret, Service} from '../../../core/model/topology.ts';
import {marks} from '../../../core/text/marks.ts';
import {type Line, shown, span} from '../../line.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import type {Subject} from './subject.ts';
import type {Part} from './workload-lines.ts';
import {wrapped} from './wrapped.ts';

const mostReplicas = 4;

export function propertyLines({world, ascii}: ConsoleState, {members}: Subject, box: Box): readonly Part[] {
	const [first] = members;
	const {labels, namespace, segments} = first!;
	const places = [
		...Object.entries(labels).map(([key, value]) => [span(`${shown(key)}=`, 'dim'), span(shown(value))]),
		...(namespace === null ? [] : [[span('namespace=', 'dim'), span(shown(namespace))]]),
		...segments.map(name => [span('in ', 'dim'), span(shown(name))]),
	];
	const services = new Map(members.flatMap(one => one.services).map(one => [portText(one), one]));
	const addresses = members.slice(0, mostReplicas).flatMap(({name, addresses: own}) => {
		const texts = own.map(({address}) => [span(shown(address))]);
		return wrapped(members.length > 1 ? [[span(`${shown(name)}:`, 'dim')], ...texts] : texts, box);
	});
	const more = members.length - mostReplicas;
	return [
		{title: 'labels', lines: wrapped(places, box)},
		{title: 'addresses', lines: [...addresses, ...(more > 0 ? [[span(`and of ${more} more`, 'dim')]] : [])]},
		{title: 'services', lines: serviceLines([...services.values()])},
		{title: 'holds', lines: secretLines()},
	].filter(({lines}) => lines.length > 0);

	/** A pivot hands over what it holds; a session without a shell does not. */
	function secretLines(): readonly Line[] {
		const isFound = members.some(({name}) => world.fates.get(name)?.state === 'pivot');
		const known = new Map<string, Secret>(world.rehearsal.topology.secrets.map(one => [one.id, one]));
		return [...new Set(members.flatMap(({holds}) => holds))].map(id => [
			span(shown(id), isFound ? 'bad' : 'plain'),
			span(isFound ? ` ${ascii ? 'x' : marks.bad} found by the attacker` : '', 'bad'),
			span(`  opens ${opened(known.get(id))}`, 'dim'),
		]);
	}
}

function opened(secret: Secret | undefined): string {
	const of = secret?.opens ?? [];
	if (of.length === 0) return 'nothing';
	const services = [...new Set(of.map(({service}) => shown(service)))].join(', ');
	const [first] = of;
	return of.length === 1 ? `${services} of ${shown(first!.workload)}` : `${services} of ${of.length} workloads`;
}

function serviceLines(services: readonly Service[]): readonly Line[] {
	const names = services.map(({name}) => shown(name));
	const width = Math.min(20, Math.max(0, ...names.map(name => name.length)));
	const ports = services.map(portText);
	const portWidth = Math.max(0, ...ports.map(port => port.length));
	return services.map((service, at) => [
		span(names[at]!.padEnd(width + 2)),
		span(`${ports[at]!.padEnd(portWidth)}  ${service.speaks}`, 'dim'),
		...(service.weak.length > 0 ? [span(`  weak: ${service.weak.map(shown).join(', ')}`, 'warn')] : []),
	]);
}
