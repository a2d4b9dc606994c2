// Who needs whom: what texts name, what `links` and `depends_on` say, and published ports for those outside.
import {imageListeners} from '../../core/assembly/image-ports.ts';
import type {Listener, Need} from '../../core/assembly/parts.ts';
import {primaryListeners} from '../../core/assembly/primary-listener.ts';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {ContainerText} from '../../core/kubernetes/container-texts.ts';
import type {Place, Problem} from '../../core/model/problem.ts';
import type {ComposeHost, Hosts} from './compose-host.ts';
import type {ComposeService} from './compose-service.ts';
import {covers} from './host-ports.ts';
import {mentioned} from './mentioned.ts';
import type {Meaning} from './named-hosts.ts';
import type {ComposeProject} from './project.ts';

export interface NeedsInput {
	readonly project: ComposeProject;
	readonly hosts: Hosts;
	readonly meaning: Meaning;
	readonly texts: ReadonlyMap<ComposeService, readonly ContainerText[]>;
	/** Grows by ports that somebody names and nobody declares. */
	readonly listeners: Map<ComposeHost, readonly Listener[]>;
}

export interface Needs {
	readonly needs: readonly Need[];
	/** Names of hosts that are needed, and of which no port is known. */
	readonly unknown: readonly string[];
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

interface Finding extends NeedsInput {
	readonly found: Need[];
	readonly unknown: string[];
	readonly problems: Problem[];
	readonly warnings: Problem[];
	/** `from to` of needs that have a port. */
	readonly settled: Set<string>;
}

export function findNeeds(input: NeedsInput): Needs {
	const finding: Finding = {...input, found: [], unknown: [], problems: [], warnings: [], settled: new Set()};
	const {project, hosts} = input;
	const known = [...project.services.values()].flatMap(({name, otherNames, links}) => [
		name,
		...otherNames,
		...links.keys(),
	]);
	const all = hosts.hosts.flatMap(host => host.services.map(service => ({host, service})));
	// Ports that are named come first: they say what a bare name means.
	for (const {host, service} of all)
		for (const {host: name, port, protocol, as, where} of mentioned(input.texts.get(service) ?? [], known))
			if (port !== null)
				named(finding, {
					from: host,
					service,
					name,
					port,
					protocol: protocol ?? 'tcp',
					certain: as === 'address',
					where,
				});
	for (const {host, service} of all) {
		for (const {host: name, port, where} of mentioned(input.texts.get(service) ?? [], known))
			if (port === null) bare(finding, {from: host, service, name, where, why: 'names'});
		for (const {value: name, where} of service.links.values())
			wanted(finding, {from: host, service, name, where, why: 'is linked to'});
		for (const [name, {value: how, where}] of service.dependsOn)
			if (how === 'required' || project.services.has(name))
				wanted(finding, {from: host, service, name, where, why: 'depends on'});
	}
	return {
		needs: finding.found,
		unknown: finding.unknown,
		problems: finding.problems,
		warnings: finding.warnings,
	};
}

interface Naming {
	readonly from: ComposeHost;
	readonly service: ComposeService;
	readonly name: string;
	readonly where: Place;
}

/** Ports that a URL without one means: only its scheme says them, so that a container may listen elsewhere. */
const schemePorts: ReadonlySet<number> = new Set([80, 443, 389, 3306, 4222, 5432, 5672, 6379, 27_017]);

function named(
	finding: Finding,
	naming: Naming & {readonly port: number; readonly protocol: 'tcp' | 'udp'; readonly certain: boolean},
): void {
	const {service, name, port, protocol, certain, where, from} = naming;
	const meant = finding.meaning(service, name);
	if (meant.kind === 'inactive' || (meant.kind === 'nobody' && certain && !name.includes('.')))
		finding.found.push({from: from.name, to: name, protocol, port, source: 'imported', where});
	if (meant.kind === 'apart') tellApart(finding, naming, meant.host);
	if (meant.kind !== 'hosts') return;
	for (const host of meant.hosts) {
		const listeners = finding.listeners.get(host)!;
		if (!covers(listeners, port, protocol)) {
			if (!certain && !schemePorts.has(port)) continue;
			if (!certain && primary(finding, host).length > 0) {
				bare(finding, {...naming, why: 'names'});
				continue;
			}
			finding.listeners.set(host, [...listeners, {protocol, port, lastPort: port, name: null, speaks: null}]);
		}
		push(finding, {from, host, protocol, port, where});
	}
}

/** A name of `links` or `depends_on`, which must be there. */
function wanted(finding: Finding, naming: Naming & {readonly why: string}): void {
	const {name, service, where, why} = naming;
	const meant = finding.meaning({...service, links: new Map()}, name);
	if (meant.kind === 'nobody') {
		const what = `${service.name} ${why} ${plainWord(name)}, which is no service here`;
		finding.problems.push({where, what, mend: didYouMean(name, finding.project.services.keys())});
	} else if (meant.kind === 'inactive')
		finding.warnings.push({where, what: `${service.name} ${why} ${name}, which is left out`, mend: ''});
	else if (meant.kind === 'apart') tellApart(finding, naming, meant.host);
	else bare(finding, naming);
}

function bare(finding: Finding, {from, service, name, where, why}: Naming & {readonly why: string}): void {
	const meant = finding.meaning(service, name);
	if (meant.kind !== 'hosts') return;
	for (const host of meant.hosts) {
		if (host === from || finding.settled.has(`${from.name} ${host.name}`)) continue;
		const ports = primary(finding, host);
		if (ports.length === 0 && !finding.unknown.includes(host.name)) {
			finding.unknown.push(host.name);
			const what = `${service.name} ${why} ${host.name}, of which no port is known: no need was written for it`;
			finding.warnings.push({where, what, mend: 'add its services and the needs to the topology that is written'});
		}
		if (ports.length > 1)
			finding.warnings.push({
				where,
				what: `${service.name} ${why} ${host.name}, and nothing says which of its ports: all ${ports.length} are taken as needed`,
				mend: 'take the others out of the needs',
			});
		for (const {port, protocol} of ports) push(finding, {from, host, protocol, port, where});
	}
}

const primary = ({listeners}: Finding, host: ComposeHost): readonly Pick<Listener, 'protocol' | 'port'>[] =>
	primaryListeners(
		listeners.get(host)!,
		host.services.flatMap(({image}) => imageListeners(image)),
	);

function tellApart({warnings}: Finding, {service, name, where}: Naming, host: ComposeHost): void {
	const what = `${service.name} names ${plainWord(name)}, but ${host.name} shares no network with it: no need was written`;
	if (!warnings.some(one => one.what === what)) warnings.push({where, what, mend: ''});
}

function push(
	{found, settled}: Finding,
	{
		from,
		host,
		protocol,
		port,
		where,
	}: Pick<Need, 'protocol' | 'port' | 'where'> & {from: ComposeHost; host: ComposeHost},
): void {
	if (from === host) return;
	settled.add(`${from.name} ${host.name}`);
	found.push({from: from.name, to: host.name, protocol, port, source: 'imported', where});
}
