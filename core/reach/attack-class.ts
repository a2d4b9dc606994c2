// Workloads that no attacker tells apart either: of one class of a reach, with the same doors and the same secrets.
import type {Weakness} from '../attack/weakness.ts';
import {listeningPorts} from '../model/listening-ports.ts';
import type {Secret, Service, Topology, Workload} from '../model/topology.ts';
import type {Reach} from './reach.ts';

/** A service through which workloads of a class can fall. */
export interface Door {
	readonly service: Service;
	/** On which it listens, ascending. */
	readonly ports: readonly number[];
	/** An exploit gives a shell there. */
	readonly weak: boolean;
	/** Secrets that log in there, by their number in the topology. A login by ssh gives a shell. */
	readonly secrets: readonly number[];
}

export interface AttackClass {
	/** In the list of classes, which is in the order of their first members. */
	readonly index: number;
	/** Sorted as in the topology, never empty. */
	readonly members: readonly Workload[];
	/** Number of their class in the reach; several attack classes may share it. */
	readonly reach: number;
	readonly doors: readonly Door[];
	/** What they hand over once a shell is won there: numbers of secrets. */
	readonly holds: readonly number[];
}

export interface AttackWorld {
	readonly topology: Topology;
	readonly reach: Reach;
	/** Which services an exploit opens (core/attack/weakness.ts). */
	readonly weak: Weakness;
	/** Which ports of a range listen (`listeningPorts`); 1 unless it says otherwise. */
	readonly seed?: number;
}

/** The coarsest classes that an attack cannot tell apart. */
export function attackClasses({topology, reach, weak, seed = 1}: AttackWorld): readonly AttackClass[] {
	const {workloads, secrets} = topology;
	const numbers = new Map(secrets.map(({id}, at) => [id, at]));
	const openings = openingsOf(secrets);
	const lists = new Map<Workload['services'], number>();
	const held = new Map<Workload['holds'], readonly number[]>();
	const holdsOf = ({holds}: Workload): readonly number[] => {
		const found = held.get(holds) ?? holds.flatMap(id => numbers.get(id) ?? []);
		held.set(holds, found);
		return found;
	};
	const doorsOf = (workload: Workload): readonly Door[] =>
		workload.services.filter(isAttackable).flatMap(service => {
			const fitting = (openings.get(workload.name) ?? [])
				.filter(opening => opening.service === service.name && takesLogins(service, secrets[opening.secret]!.kind))
				.map(({secret}) => secret);
			const isWeak = weak(workload, service);
			return isWeak || fitting.length > 0
				? [{service, ports: listeningPorts(service, seed), weak: isWeak, secrets: fitting}]
				: [];
		});
	const drafts = new Map<
		string,
		{members: Workload[]; reach: number; doors: readonly Door[]; holds: readonly number[]}
	>();
	for (const workload of workloads) {
		const {services, name} = workload;
		const own = reach.classOf(name);
		const list = lists.get(services) ?? lists.size;
		lists.set(services, list);
		let key = `${own} ${list} ${holdsOf(workload).join()}`;
		for (const service of services) key += weak(workload, service) ? '!' : '.';
		for (const {secret, service} of openings.get(name) ?? []) key += ` ${secret} ${service}`;
		const known = drafts.get(key);
		if (known !== undefined) known.members.push(workload);
		else drafts.set(key, {members: [workload], reach: own, doors: doorsOf(workload), holds: holdsOf(workload)});
	}
	return joined([...drafts.values()]);
}

type Draft = Omit<AttackClass, 'index'>;

/** Lists of services that are equal without being one: as one class all the same. */
function joined(drafts: readonly Draft[]): readonly AttackClass[] {
	const alike = Map.groupBy(
		drafts,
		({reach, doors, holds}) => `${reach} ${holds.join()} ${doors.map(signature).join(' ')}`,
	);
	return [...alike.values()].map((its, index) => {
		const members = its.flatMap(draft => draft.members);
		return {...its[0]!, index, members: its.length === 1 ? members : members.sort(byName)};
	});
}

const byName = ({name: one}: Workload, {name: other}: Workload): number => (one < other ? -1 : 1);

/** No technique speaks sctp. */
const isAttackable = ({protocol}: Service): boolean => protocol !== 'sctp';

/** Name servers and datagrams take no logins, and keys are for ssh alone: as the model's network has it. */
const takesLogins = ({protocol, speaks}: Service, kind: Secret['kind']): boolean =>
	protocol === 'tcp' && speaks !== 'dns' && (kind === 'password' || speaks === 'ssh');

const signature = ({service, weak, secrets}: Door): string =>
	`${service.protocol}${service.port}-${service.lastPort}${service.speaks}${weak ? '!' : ''}${secrets.join('+')}/${service.name}`;

interface Opening {
	readonly secret: number;
	readonly service: string;
}

/** By workload, what opens there. */
function openingsOf(secrets: readonly Secret[]): ReadonlyMap<string, readonly Opening[]> {
	const openings = new Map<string, Opening[]>();
	for (const [secret, {opens}] of secrets.entries())
		for (const {workload, service} of opens) {
			const known = openings.get(workload);
			if (known === undefined) openings.set(workload, [{secret, service}]);
			else known.push({secret, service});
		}
	return openings;
}
