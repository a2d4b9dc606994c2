// What the import of a Compose file takes for granted, in sentences that every report prints.
import type {ComposeHost} from './compose-host.ts';
import type {Networks} from './compose-networks.ts';
import type {Carried} from './container-keys.ts';
import type {HeldSecrets} from './held-secrets.ts';
import type {Needs} from './needs.ts';

export interface AssumptionsInput {
	readonly hosts: readonly ComposeHost[];
	readonly carried: ReadonlyMap<ComposeHost, Carried>;
	readonly networks: Networks;
	readonly outside: string | null;
	readonly secrets: HeldSecrets;
	readonly needs: Needs;
}

export function assumptionsOf({
	hosts,
	carried,
	networks,
	outside,
	secrets,
	needs,
}: AssumptionsInput): readonly string[] {
	const joined = hosts.filter(({services}) => services.length > 1);
	const entered = hosts.filter(({owner}) => (owner.entrypoint ?? []).length > 0).map(({name}) => name);
	const onHost = hosts.filter(({owner}) => owner.networkMode?.value === 'host').map(({name}) => name);
	const named = (which: (one: Carried) => boolean): string =>
		hosts
			.filter(host => which(carried.get(host)!))
			.map(({name}) => name)
			.join(', ');
	const [bound, unbound] = [named(({volumes}) => volumes.length > 0), named(({left}) => left.volumes)];
	const unbuilt = named(({left}) => left.build);
	const restarting = hosts.filter(({owner}) => owner.restarts);
	const apart = networks.parts.length > 1;
	return [
		'Compose files declare no weaknesses: whatever answers is assumed to be exploitable',
		...(apart
			? [
					'without a policy every service reaches every other here; under Compose only those that share a network do, which is the candidate `today`',
				]
			: []),
		'ports are those that the file exposes or publishes, that well-known images listen on, and that others name; what else a program opens is not known',
		'dependencies are those that depends_on, links, variables, commands and configs name; what is hard coded is not known',
		...(outside === null
			? []
			: [`${outside} stands for everybody beyond the host, and is assumed to need every published port`]),
		...(entered.length === 0
			? []
			: [`the entrypoint of ${entered.join(', ')} is not carried over: their images’ own would run, with the command`]),
		...joined.map(
			({name, services}) =>
				`${services
					.slice(1)
					.map(one => one.name)
					.join(', ')} lives in the network of ${name}, and is one workload with it`,
		),
		...(onHost.length === 0
			? []
			: [`${onHost.join(', ')} on the host’s own network: a workload like others, in the network \`host\``]),
		...(secrets.unknown.length === 0
			? []
			: [`what ${secrets.unknown.join(', ')} opens is not known: say so under secrets`]),
		...(needs.unknown.length === 0
			? []
			: [`no port is known of ${needs.unknown.join(', ')}, which others depend on: no need was written for that`]),
		...(bound === '' ? [] : [`containers of ${bound} see what is bound from beside the file, read-only`]),
		...(unbound === ''
			? []
			: [`other volumes of ${unbound} are left out: named, from outside the folder, or not there; nothing is kept`]),
		...(unbuilt === ''
			? []
			: [`the image of ${unbuilt} is not built: its folder is not beside the file, or it asks for more than that`]),
		...(restarting.length === 0
			? []
			: ['a program that ends is not started again, whatever restart says: each starts when what it needs listens']),
		'IPv6 ranges are not read: each network has an IPv6 prefix of its own',
	];
}
