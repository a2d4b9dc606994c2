// What has one network namespace: a service, and those that say `network_mode: service:…` of it.
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import {plain} from '../../core/native/native-names.ts';
import type {ComposeService} from './compose-service.ts';

export interface ComposeHost {
	/** As topology files may have it. */
	readonly name: string;
	/** Whose network it is. */
	readonly owner: ComposeService;
	/** The owner first. */
	readonly services: readonly ComposeService[];
}

export interface Hosts {
	readonly hosts: readonly ComposeHost[];
	/** By name of a service. */
	readonly byService: ReadonlyMap<string, ComposeHost>;
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

export function composeHosts(active: ReadonlyMap<string, ComposeService>): Hosts {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const owners = new Map<string, ComposeService>();
	for (const service of active.values()) {
		const owner = ownerOf(service, active, {problems, warnings}, 0);
		if (owner !== undefined) owners.set(service.name, owner);
	}
	const taken = new Set<string>();
	const hosts = [...new Set(owners.values())].map((owner): ComposeHost => {
		let name = plain(owner.name);
		for (let number = 2; taken.has(name); number++) name = `${plain(owner.name)}-${number}`;
		taken.add(name);
		const guests = [...active.values()].filter(one => one !== owner && owners.get(one.name) === owner);
		return {name, owner, services: [owner, ...guests]};
	});
	const byOwner = new Map(hosts.map(host => [host.owner, host]));
	const byService = new Map([...owners].map(([name, owner]) => [name, byOwner.get(owner)!]));
	return {hosts, byService, problems, warnings};
}

function ownerOf(
	service: ComposeService,
	active: ReadonlyMap<string, ComposeService>,
	said: {readonly problems: Problem[]; readonly warnings: Problem[]},
	depth: number,
): ComposeService | undefined {
	const {networkMode, name} = service;
	const [, kind, target = ''] = /^(service|container):(.+)$/.exec(networkMode?.value ?? '') ?? [];
	if (kind === undefined || networkMode === null) return service;
	const other =
		kind === 'service' ? active.get(target) : [...active.values()].find(({otherNames}) => otherNames.includes(target));
	if (other !== undefined && depth < active.size) return ownerOf(other, active, said, depth + 1);
	const {where} = networkMode;
	if (kind === 'container')
		said.warnings.push({
			where,
			what: `${name} is left out: it lives in the network of container ${plainWord(target)}, which is not here`,
			mend: '',
		});
	else
		said.problems.push({
			where,
			what:
				other === undefined
					? `${name} lives in the network of ${plainWord(target)}, which is no service here`
					: `${name} lives in its own network`,
			mend: didYouMean(target, active.keys()),
		});
	return undefined;
}
