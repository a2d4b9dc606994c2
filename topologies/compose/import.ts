// A Compose project as a topology, and what Docker enforces in it as a policy. Each step is a file beside this one.
import {assemble} from '../../core/assembly/assemble.ts';
import {type MachinePart, type Need, type Parts, world} from '../../core/assembly/parts.ts';
import {type Parsed, type Problem, sortProblems} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {activeServices} from './active-services.ts';
import {assumptionsOf} from './assumptions.ts';
import {type ComposeHost, composeHosts} from './compose-host.ts';
import {composeNetworks} from './compose-networks.ts';
import type {ComposeService} from './compose-service.ts';
import {carriedOf} from './container-keys.ts';
import {heldSecrets} from './held-secrets.ts';
import {hostListeners} from './host-ports.ts';
import type {Beside} from './layers.ts';
import {namedHosts} from './named-hosts.ts';
import {findNeeds} from './needs.ts';
import {readProject} from './project.ts';
import {serviceTexts} from './service-texts.ts';
import {todaysPolicy} from './today.ts';

export interface ComposeOptions {
	/** Profiles that are on. */
	readonly profiles: readonly string[];
	/** Of the topology, where the file names none. */
	readonly name: string;
}

export interface ImportedCompose {
	readonly topology: Topology;
	/** The content of a policy file. */
	readonly today: Readonly<Record<string, unknown>>;
}

/**
 * What the files describe, or everything that is wrong with them.
 *
 * @param files - the Compose file and those that say more about it; never empty
 * Source: compose-spec (https://github.com/compose-spec/compose-spec).
 */
export function importCompose(
	files: readonly string[],
	beside: Beside,
	options: ComposeOptions,
): Parsed<ImportedCompose> {
	const read = readProject(files, beside);
	const {project} = read;
	if (project === null) return {kind: 'wrong', problems: sortProblems(read.problems)};
	const {active, warnings: inactive} = activeServices(project, options.profiles);
	const hosts = composeHosts(active);
	const networks = composeNetworks(project, hosts.hosts);
	const found = new Map([...active.values()].map(service => [service, serviceTexts(service, project, beside)]));
	const secrets = heldSecrets(project, hosts.hosts, service => found.get(service)!.variables);
	const listeners = new Map(hosts.hosts.map(host => [host, hostListeners(host)]));
	const needs = findNeeds({
		project,
		hosts,
		meaning: namedHosts(project, hosts, networks),
		texts: new Map([...found].map(([service, {texts}]) => [service, texts])),
		listeners,
	});
	const problems = [read, hosts, networks, secrets, needs].flatMap(one => one.problems);
	if (problems.length > 0) return {kind: 'wrong', problems: sortProblems(problems)};
	const outside = outsideHost(hosts.hosts);
	const carried = new Map(hosts.hosts.map(host => [host, carriedOf(host.owner, beside, project.variables)]));
	const machines = hosts.hosts.map((host): MachinePart => {
		const [owner] = host.services;
		const {left: _, ...ofContainer} = carried.get(host)!;
		return {
			name: host.name,
			replicas: owner!.replicas ?? 1,
			labels: {service: host.name, ...Object.fromEntries(host.services.toReversed().flatMap(one => [...one.labels]))},
			attachments: networks.attachments.get(host)!,
			listeners: listeners.get(host)!,
			holds: secrets.holds.get(host)!,
			outside: false,
			managed: true,
			aliases: [...otherNames(host, active), ...networks.of.get(host)!.flatMap(({aliases}) => aliases)],
			...ofContainer,
			image: owner!.image ?? ofContainer.build?.context ?? null,
			command: owner!.command,
			variables: Object.fromEntries([...found.get(owner!)!.variables].map(([name, {value}]) => [name, value])),
			where: owner!.where,
		};
	});
	const parts: Parts = {
		name: project.name ?? options.name,
		networks: networks.parts,
		machines: outside === null ? machines : [...machines, {...world, name: outside, where: project.where}],
		needs: [...needs.needs, ...(outside === null ? [] : fromOutside(hosts.hosts, outside))],
		secrets: secrets.secrets,
		assumptions: assumptionsOf({hosts: hosts.hosts, carried, networks, outside, secrets, needs}),
		where: project.where,
	};
	const built = assemble(parts);
	if (built.kind === 'wrong') return built;
	const warnings: Problem[] = [read, {warnings: inactive}, hosts, networks, needs, ...found.values()].flatMap(
		one => one.warnings,
	);
	const value = {topology: built.value, today: todaysPolicy({hosts: hosts.hosts, networks, outside})};
	return {kind: 'ok', value, warnings: sortProblems(warnings)};
}

/** What others call it: by the names of its services and containers, and by those that `links` give. */
const otherNames = ({services}: ComposeHost, active: ReadonlyMap<string, ComposeService>): readonly string[] =>
	services.flatMap(({name, otherNames: its}) => [
		name,
		...its,
		...[...active.values()].flatMap(({links}) =>
			[...links].flatMap(([alias, {value}]) => (value === name ? alias : [])),
		),
	]);

/** Who stands for everybody beyond the host; null where nothing is published for them. */
function outsideHost(hosts: readonly ComposeHost[]): string | null {
	if (!hosts.some(({services}) => services.some(one => one.published.some(({value}) => value.on === 'everywhere'))))
		return null;
	return hosts.some(({name}) => name === 'internet') ? 'internet-beyond' : 'internet';
}

/** Published ports are there for somebody. */
const fromOutside = (hosts: readonly ComposeHost[], from: string): readonly Need[] =>
	hosts.flatMap(({name, services}) =>
		services.flatMap(({published}) =>
			published
				.filter(({value}) => value.on === 'everywhere')
				.map(({value: {protocol, port}, where}) => ({
					from,
					to: name,
					protocol,
					port,
					source: 'assumed' as const,
					where,
				})),
		),
	);
