// What is aimed at by techniques that try to slip a packet past rules: the ports that are worth it, and from which pivot.
import {parsePortText} from '../../core/attack/known-ports.ts';
import {isIPv4} from '../../core/attack/sweep-addresses.ts';
import type {HostView} from '../../core/contracts/network.ts';
import type {Knowledge, KnownHost, PlannedAction} from '../../core/contracts/technique.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import {sortActions} from './targets.ts';

/** So many ports of a host are tried, at most. */
const mostPorts = 2;
/** Where nobody has met an open port yet. */
const usual: readonly string[] = ['22/tcp', '443/tcp'];

/** One target: a port of a host, from one pivot. */
export interface Aim {
	readonly pivot: HostView;
	readonly host: KnownHost;
	/** `5432/tcp`. */
	readonly port: string;
}

/** The key that settles an aim for every pivot. */
export const settlesAim = (technique: TechniqueName, address: string, port: string): string =>
	`through ${technique} ${address} ${port}`;

/**
 * An action for each port of each host, from the first pivot that has not tried it: the next one has its turn when that
 * came to nothing. Whether the port is open to the pivot does not matter, so that the same is tried where no policy is.
 */
export function planAims(
	knowledge: Knowledge,
	technique: TechniqueName,
	hosts: readonly KnownHost[],
	more: (aim: Aim) => Partial<PlannedAction> | null,
): readonly PlannedAction[] {
	const portsOf = portsWorth(knowledge);
	const actions = hosts
		.filter(({address}) => knowledge.swept.get(address) !== 'absent')
		.flatMap(host =>
			portsOf(host)
				.filter(port => !knowledge.done.has(settlesAim(technique, host.address, port)))
				.flatMap(port => {
					for (const pivot of knowledge.pivots) {
						const key = `${technique} ${pivot.hostname} ${host.address} ${port}`;
						if (knowledge.done.has(key) || pivot.hostname === host.name || !sharesFamily(pivot, host.address)) continue;
						const rest = more({pivot, host, port});
						if (rest === null) continue;
						const {hostname: from} = pivot;
						const common = {key, technique, from, to: host.name, address: host.address};
						return [{...common, ...parsePortText(port), secret: null, speaks: null, ...rest}];
					}
					return [];
				}),
		);
	return sortActions(actions);
}

const sharesFamily = ({addresses}: HostView, address: string): boolean =>
	addresses.some(own => isIPv4(own) === isIPv4(address));

/** Ports that somebody finds open at the host, by whichever of its addresses; else those that are open anywhere. */
function portsWorth({hosts}: Knowledge): (host: KnownHost) => readonly string[] {
	const byName = new Map<string, Set<string>>();
	const anywhere = new Set<string>();
	for (const {name, open} of hosts.values())
		for (const port of open.keys()) {
			byName.set(name, (byName.get(name) ?? new Set()).add(port));
			anywhere.add(port);
		}
	const common = anywhere.size === 0 ? usual : [...anywhere];
	return ({name}) => [...(byName.get(name) ?? common)].sort().slice(0, mostPorts);
}
