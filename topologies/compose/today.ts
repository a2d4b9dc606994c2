// What Docker enforces between the services of a Compose file, as a native policy: networks, and published ports.
import type {ComposeHost} from './compose-host.ts';
import type {Networks} from './compose-networks.ts';

export interface TodayInput {
	readonly hosts: readonly ComposeHost[];
	readonly networks: Networks;
	/** Name of the host that stands for everybody outside; null where nothing is published. */
	readonly outside: string | null;
}

type Rule = Readonly<Record<string, unknown>>;

/**
 * Who shares no network cannot talk; from outside only published ports are reached; internal networks have no way out.
 * A service on the host's own network reaches and is reached by all.
 *
 * Source: docs.docker.com, "Packet filtering and firewalls", and compose-spec, "Networks".
 */
export function todaysPolicy({hosts, networks, outside}: TodayInput): Rule {
	const on = (network: string): readonly ComposeHost[] =>
		hosts.filter(host => networks.attachments.get(host)!.some(one => one.network === network));
	const shared = networks.parts
		.filter(({name}) => on(name).length > 0)
		.map(({name}) => ({
			allow: `${name} is one network`,
			from: {network: name},
			to: {network: name},
		}));
	const own = hosts.filter(({owner}) => owner.networkMode?.value === 'host').map(({name}) => name);
	const bare: readonly Rule[] =
		own.length === 0
			? []
			: [
					{allow: 'the host reaches every network', from: {workload: own}},
					{allow: 'every network reaches the host', to: {workload: own}},
				];
	return {
		policy: 'today',
		default: 'deny',
		rules: [...shared, ...bare, ...(outside === null ? [] : beyond(hosts, networks))],
	};
}

function beyond(hosts: readonly ComposeHost[], {parts, internal}: Networks): readonly Rule[] {
	const published = hosts.flatMap(({name, services}) => {
		const ports = services.flatMap(one => one.published).filter(({value}) => value.on === 'everywhere');
		const on = [
			...new Set(
				ports.map(
					({value: {port, lastPort, protocol}}) => `${port === lastPort ? port : `${port}-${lastPort}`}/${protocol}`,
				),
			),
		];
		return on.length === 0
			? []
			: [{allow: `${name} publishes its ports`, from: {outside: true}, to: {workload: name}, on}];
	});
	const open = parts.map(({name}) => name).filter(name => !internal.has(name));
	return [
		...published,
		...(open.length === 0
			? []
			: [{allow: 'networks that are not internal have a way out', from: {network: open}, to: {outside: true}}]),
	];
}
