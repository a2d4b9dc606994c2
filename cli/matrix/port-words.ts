// Sets of ports in words: those of a policy's `on:` for programs, fewer of them for people.
import {difference, everyPort, type PortSet, rangesOf, samePorts} from '../../core/reach/port-set.ts';

/** As a policy's `on:` has them: `22/tcp`, `8080-8090/tcp`, `tcp` (all of it), `icmp`. Empty for none. */
export const portTexts = (set: PortSet): readonly string[] =>
	rangesOf(set).map(({protocol, first, last}) =>
		protocol === 'icmp' || (first === 1 && last === 65_535)
			? protocol
			: `${first === last ? first : `${first}-${last}`}/${protocol}`,
	);

/** `5432/tcp`, `everything`, `everything but 22/tcp`, `nothing`. */
export function portWords(set: PortSet): string {
	if (set.length === 0) return 'nothing';
	if (samePorts(set, everyPort)) return 'everything';
	const [open, closed] = [portTexts(set), portTexts(difference(everyPort, set))];
	return closed.length < open.length ? `everything but ${closed.join(' ')}` : open.join(' ');
}

/** For a cell: `5432`, `53/udp`, `22,80`: tcp goes without saying. Null where that takes over `most` characters. */
export function shortPorts(set: PortSet, most: number): string | null {
	const text = portTexts(set)
		.map(word => word.replace(/\/tcp$/, ''))
		.join(',');
	return text.length <= most ? text : null;
}
