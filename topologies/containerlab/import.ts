// A containerlab file as a topology. Each step is a file beside this one.

import {isUsable} from '../../core/assembly/allot-networks.ts';
import {assemble} from '../../core/assembly/assemble.ts';
import {fillIn} from '../../core/assembly/fill-in.ts';
import type {Lookup} from '../../core/assembly/interpolate.ts';
import {networkOf} from '../../core/assembly/network-of.ts';
import {type Attachment, type Need, type NetworkPart, world} from '../../core/assembly/parts.ts';
import {type Document, readSalvaging} from '../../core/files/document.ts';
import {validate} from '../../core/files/validate.ts';
import {type Parsed, type Problem, sortProblems} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {plain} from '../../core/native/native-names.ts';
import {assumptionsOf} from './assumptions.ts';
import type {Has} from './bound-beside.ts';
import {type ClabFile, clabSchema} from './clab-file.ts';
import {type ClabMachine, clabMachines} from './clab-machine.ts';
import {clabNetworks} from './clab-networks.ts';
import {checkClabKeys} from './known-keys.ts';
import {readLinks} from './links.ts';
import {machinePart} from './machine-part.ts';
import {type Published, publishedBy} from './published-ports.ts';
import {templateProblems} from './templates.ts';

/**
 * What the file describes, or everything that is wrong with it.
 *
 * @param has - whether a file or folder is there
 * Source: containerlab.dev/manual/topo-def-file; schemas/clab.schema.json.
 */
export function importContainerlab(
	file: string,
	text: string,
	variables: Lookup,
	has: Has = () => false,
): Parsed<Topology> {
	const {document: written, problems: faults} = readSalvaging(file, text, 'read');
	const templates = templateProblems(file, text);
	if (written === null || faults.length > 0) return wrong(templates.length > 0 ? templates : faults);
	const {document, warnings: unset} = fillIn(written, variables, isShell);
	const keys = checkClabKeys(document);
	const checked = validate(document, clabSchema);
	if (checked.kind === 'wrong') return wrong([...templates, ...keys.problems, ...checked.problems]);
	const machines = clabMachines(document, checked.value);
	const links = readLinks(document, checked.value);
	const ports = new Map(machines.machines.map(machine => [machine, publishedBy(document, machine)]));
	const problems = [
		templates,
		keys.problems,
		machines.problems,
		links.problems,
		...[...ports.values()].map(one => one.problems),
	];
	if (problems.flat().length > 0) return wrong(problems.flat());
	const management = managementOf(document, checked.value);
	const networks = clabNetworks(links.links, machines, [management]);
	const onHost = machines.machines.filter(({nodes}) => nodes[0]!.node.networkMode === 'host');
	const attachmentsOf = (machine: ClabMachine): readonly Attachment[] => {
		const {node, where, written: name} = machine.nodes[0]!;
		const own = networks.attachments.get(machine) ?? [];
		if (node.networkMode === 'host') return [{network: hostNetwork, address: null, where}, ...own];
		if (node.networkMode === 'none') return own;
		const at = node.mgmtIpv4 === null ? where : document.place(['topology', 'nodes', name, 'mgmt-ipv4']);
		return [{network: management.name, address: management.cidr === null ? null : node.mgmtIpv4, where: at}, ...own];
	};
	const placed = machines.machines.filter(machine => attachmentsOf(machine).length > 0);
	const alone = machines.machines.filter(machine => !placed.includes(machine));
	const leadOut = links.links.some(({beyond}) => beyond === 'host');
	const published = placed.some(machine => ports.get(machine)!.ports.some(({on}) => on === 'everywhere'));
	const outside = leadOut || published ? (placed.some(({name}) => name === 'host') ? 'host-outside' : 'host') : null;
	const parts = placed.map(machine =>
		machinePart(machine, attachmentsOf(machine), {ports: ports.get(machine)!.ports, lab: checked.value, has}),
	);
	const used = new Set(parts.flatMap(({attachments}) => attachments.map(({network}) => network)));
	const hostPart: NetworkPart = {name: hostNetwork, cidr: null, where: document.place(['topology'])};
	const built = assemble({
		name: plain(checked.value.name),
		networks: [management, ...networks.parts, ...(onHost.length > 0 ? [hostPart] : [])].filter(({name}) =>
			used.has(name),
		),
		machines: outside === null ? parts : [...parts, {...world, name: outside, where: document.place(['topology'])}],
		needs: outside === null ? [] : needsOf(outside, placed, ports),
		secrets: [],
		assumptions: assumptionsOf({machines: placed, parts, outside, management: management.name, links: links.links}),
		where: document.place([]),
	});
	if (built.kind === 'wrong') return built;
	const lonely = alone.map(
		({nodes: [first]}): Problem => ({
			where: first!.where,
			what: `${first!.written} is left out: it has no network and no link`,
			mend: '',
		}),
	);
	const silent: Problem = {
		where: document.place(['topology']),
		what: 'nothing is known to listen here: nothing can be reached',
		mend: 'add services to the topology that is written',
	};
	const services = built.value.workloads.some(one => one.services.length > 0);
	const told = [
		unset,
		keys.warnings,
		machines.warnings,
		links.warnings,
		networks.warnings,
		lonely,
		services ? [] : [silent],
	];
	return {...built, warnings: sortProblems(told.flat())};
}

const wrong = (problems: readonly Problem[]): Parsed<Topology> => ({kind: 'wrong', problems: sortProblems(problems)});

const hostNetwork = 'host-network';

/** Commands and variables are the node's own: a dollar there is its shell's. */
const isShell = (path: readonly (string | number)[]): boolean =>
	path.some(key =>
		['exec', 'cmd', 'entrypoint', 'env', 'startup-config', 'config', 'vars', 'stages', 'license'].includes(String(key)),
	);

/** Source: containerlab.dev/manual/network: `clab`, 172.20.20.0/24, where the file says nothing else. */
function managementOf(document: Document, {mgmt}: ClabFile): NetworkPart {
	const subnet = mgmt?.['ipv4-subnet'] ?? mgmt?.ipv4_subnet ?? (mgmt?.network === 'bridge' ? 'auto' : '172.20.20.0/24');
	const cidr = networkOf(subnet);
	return {name: 'mgmt', cidr: cidr !== undefined && isUsable(cidr) ? cidr : null, where: document.place(['mgmt'])};
}

/** Published ports are there for somebody. */
const needsOf = (
	from: string,
	machines: readonly ClabMachine[],
	ports: ReadonlyMap<ClabMachine, Published>,
): readonly Need[] =>
	machines.flatMap(machine =>
		ports
			.get(machine)!
			.ports.filter(({on}) => on === 'everywhere')
			.map(({protocol, port}) => ({
				from,
				to: machine.name,
				protocol,
				port,
				source: 'assumed' as const,
				where: machine.nodes[0]!.where,
			})),
	);
