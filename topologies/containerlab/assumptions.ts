// What the import of a containerlab file takes for granted, in sentences that every report prints.
import type {MachinePart} from '../../core/assembly/parts.ts';
import type {ClabMachine} from './clab-machine.ts';
import type {Link} from './links.ts';

export interface AssumptionsInput {
	readonly machines: readonly ClabMachine[];
	readonly parts: readonly MachinePart[];
	readonly outside: string | null;
	readonly management: string;
	readonly links: readonly Link[];
}

export function assumptionsOf({machines, parts, outside, management}: AssumptionsInput): readonly string[] {
	const routers = machines
		.filter(({nodes}) => nodes[0]!.role === 'network-os')
		.map(({name, nodes}) => `${name} (${nodes[0]!.node.kind})`);
	const joined = machines.filter(({nodes}) => nodes.length > 1);
	const carried = new Map(parts.map(({name, volumes = []}) => [name, volumes.length]));
	const binds = machines.map(({name, nodes}) => ({
		name,
		asked: nodes.reduce((sum, {role, node}) => sum + (role === 'linux' ? node.binds.length : 0), 0),
	}));
	const bound = binds.filter(({name}) => carried.get(name)! > 0).map(({name}) => name);
	const unbound = binds.filter(({name, asked}) => asked > carried.get(name)!).map(({name}) => name);
	const linux = machines.filter(({nodes}) => nodes[0]!.role === 'linux');
	const commanded = linux.filter(({nodes: [first]}) => first!.node.exec.length > 0).map(({name}) => name);
	const entered = linux.filter(({nodes: [first]}) => first!.node.entrypoint !== null).map(({name}) => name);
	const onHost = machines.filter(({nodes}) => nodes[0]!.node.networkMode === 'host').map(({name}) => name);
	return [
		'containerlab files declare no weaknesses: whatever answers is assumed to be exploitable',
		...(routers.length === 0
			? []
			: [
					`network systems are not run: plain machines that answer on ssh alone and on which nothing can be enforced stand for ${routers.join(', ')}; what they filter, route and translate is not known, and the lab routes between all networks`,
				]),
		`each link or bridge is a network, links with addresses of one range are one; ${management} is the management network, on which every node reaches every other`,
		'ports are those that the file publishes and that well-known images listen on; what else a program opens is not known',
		'containerlab files name no dependencies',
		...(outside === null
			? []
			: [
					`${outside} stands for the machine that the lab runs on and what lies beyond it, and is assumed to need every published port`,
				]),
		...joined.map(
			({name, nodes}) =>
				`${nodes
					.slice(1)
					.map(one => one.written)
					.join(', ')} lives in the network of ${name}, and is one workload with it`,
		),
		...(onHost.length === 0
			? []
			: [`${onHost.join(', ')} on the machine’s own network: a workload like others, in the network \`host-network\``]),
		...(bound.length === 0
			? []
			: [
					`containers of ${bound.join(', ')} see what is bound from beside the file, read-only; what it configures is not known`,
				]),
		...(unbound.length === 0
			? []
			: [`other binds of ${unbound.join(', ')} are left out: from outside the file’s folder, or not there`]),
		...(commanded.length === 0
			? []
			: [`commands under exec of ${commanded.join(', ')} are not run; the addresses that they give are kept`]),
		...(entered.length === 0
			? []
			: [`the entrypoint of ${entered.join(', ')} is not carried over: their images’ own would run, with the command`]),
		'IPv6 addresses are not read: each network has an IPv6 prefix of its own',
	];
}
