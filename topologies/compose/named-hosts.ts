// Whom a service means by a name: on the networks that it shares with others, as Docker's name server answers there.
import type {ComposeHost, Hosts} from './compose-host.ts';
import type {Networks} from './compose-networks.ts';
import type {ComposeService} from './compose-service.ts';
import type {ComposeProject} from './project.ts';

export type Meant =
	| {readonly kind: 'hosts'; readonly hosts: readonly ComposeHost[]}
	/** A service that shares no network with the one that asks. */
	| {readonly kind: 'apart'; readonly host: ComposeHost}
	/** A service that is not started. */
	| {readonly kind: 'inactive'; readonly name: string}
	| {readonly kind: 'nobody'};

export type Meaning = (from: ComposeService, name: string) => Meant;

/** Names of services and containers, host names, aliases, and for `links` the other names that it gives. */
export function namedHosts(project: ComposeProject, {hosts, byService}: Hosts, networks: Networks): Meaning {
	const shares = (a: ComposeHost, b: ComposeHost): boolean =>
		a === b || networks.of.get(a)!.some(one => networks.of.get(b)!.some(other => other.written === one.written));
	const isCalled = (host: ComposeHost, name: string): boolean =>
		host.services.some(service => service.name === name || service.otherNames.includes(name)) ||
		networks.of.get(host)!.some(({aliases}) => aliases.includes(name));
	return (from, name) => {
		const asker = byService.get(from.name)!;
		const linked = from.links.get(name)?.value ?? name;
		const called = hosts.filter(host => isCalled(host, linked));
		const near = called.filter(host => shares(asker, host));
		if (near.length > 0) return {kind: 'hosts', hosts: near};
		if (called[0] !== undefined) return {kind: 'apart', host: called[0]};
		return project.services.has(linked) ? {kind: 'inactive', name: linked} : {kind: 'nobody'};
	};
}
