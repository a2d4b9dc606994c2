// How far an attacker comes who leaves nothing untried: sets that only grow, until they grow no more. What falls is what a
// worm takes; who fell by whom may be another of several ways. Source: DESIGN "Compromise".
import type {AttackGraph} from './attack-graph.ts';
import type {AttackDoor} from './attack-node.ts';

/** How a node fell; `from` and `door` are null for the foothold. */
export interface NodeFall {
	readonly node: number;
	readonly from: number | null;
	readonly door: number | null;
	readonly by: 'foothold' | 'exploit' | 'login';
	/** Number of the secret of a login. */
	readonly secret: number | null;
	readonly hops: number;
}

export interface Spread {
	readonly foothold: number;
	/** Numbers of the nodes that fell, the foothold's first. */
	readonly order: readonly number[];
	/** The first fall of a node; undefined for what stands. */
	fall(node: number): NodeFall | undefined;
	/** The fall that gave a shell there. */
	shell(node: number): NodeFall | undefined;
	/** The fall of the foothold's replicas, where it has some and they fell. */
	readonly replicas: NodeFall | null;
	/** The node that first gave a fact (core/simulate/attack-facts.ts), -1 while unknown. */
	teller(fact: number): number;
	/** Whether it was an echo that gave it. */
	isHeard(fact: number): boolean;
	/** The node at whose fall `enough` ended it, else null. */
	readonly stopped: number | null;
	/** As in the options. */
	readonly outsider: boolean;
}

export interface SpreadOptions {
	/** Nodes that nobody reaches and that reach nobody. */
	readonly isolated?: (node: number) => boolean;
	/** Whether an exploit of a weak door succeeds; every one does if left out. */
	readonly exploitable?: (door: AttackDoor) => boolean;
	/** Whether a shell on this node is all that was to be known: the spread then ends before its time. */
	readonly enough?: (node: number) => boolean;
	/** The attacker stands beside the foothold, so that all of its node may fall: what its likes can take. */
	readonly outsider?: boolean;
}

/** What falls when one workload of `foothold` is the attacker's. */
export function spread(graph: AttackGraph, foothold: number, options: SpreadOptions = {}): Spread {
	const {nodes, doors, facts, world} = graph;
	const {isolated = () => false, exploitable = () => true, enough = () => false, outsider = false} = options;
	const root: NodeFall = {node: foothold, from: null, door: null, by: 'foothold', secret: null, hops: 0};
	const falls = new Map([[foothold, root]]);
	const shells = new Map([[foothold, root]]);
	const tellers = new Int32Array(facts.count).fill(-1);
	const heard = new Uint8Array(facts.count);
	const sources = isolated(foothold) ? [] : [foothold];
	const scans = world.techniques.includes('discover-services');
	const asked = new Set<number>();
	let replicas: NodeFall | null = null;
	let blocked: (readonly [from: number, door: number])[] = [];
	let learned = false;
	let stopped: number | null = null;

	const tell = (fact: number, by: number): boolean => {
		if (tellers[fact] !== -1) return false;
		tellers[fact] = by;
		return (learned = true);
	};
	const learn = (from: number): void => {
		for (const fact of facts.gives(from)) tell(fact, from);
		for (const {node, address} of graph.hears(from)) {
			const fact = facts.address(node, address);
			if (tell(fact, from)) heard[fact] = 1;
		}
	};
	const has = (fact: number): boolean => fact === -1 || tellers[fact] !== -1;
	const knows = (from: number, door: number): boolean => {
		const {address, port, peer} = facts.needs[door]!;
		if (!has(address)) return false;
		return scans ? has(port) : peer === -1 || facts.gives(from).includes(peer);
	};
	const isDone = (node: number): boolean =>
		shells.has(node) && (node !== foothold || replicas !== null || (!outsider && nodes[node]!.members.length === 1));
	const fall = (from: number, {node, number: door}: AttackDoor, secret: number | null, shell: boolean): void => {
		const by = secret === null ? 'exploit' : 'login';
		const one: NodeFall = {node, from, door, by, secret, hops: shells.get(from)!.hops + 1};
		if (node === foothold) {
			replicas ??= one;
			return;
		}
		if (!falls.has(node)) falls.set(node, one);
		if (!shell || shells.has(node)) return;
		shells.set(node, one);
		sources.push(node);
		if (enough(node)) stopped ??= node;
	};
	/** Whether it may still work once more is known. */
	const attempt = (from: number, number: number): boolean => {
		const door = doors[number]!;
		if (isDone(door.node) || isolated(door.node)) return false;
		if (!knows(from, number)) return true;
		if (door.weak && exploitable(door)) {
			fall(from, door, null, true);
			return false;
		}
		const secret = has(facts.needs[number]!.speech) ? door.secrets.find(has) : undefined;
		if (secret === undefined) return door.secrets.length > 0;
		fall(from, door, secret, door.service.speaks === 'ssh');
		return false;
	};

	for (let next = 0; stopped === null && (next < sources.length || learned); ) {
		const from = sources[next];
		if (from !== undefined) {
			next++;
			learn(from);
			// Whoever is of the same class, where everybody knows everybody, opens the same doors and no others.
			const {reach} = nodes[from]!;
			if (reach !== null && asked.has(reach)) continue;
			if (reach !== null) asked.add(reach);
			for (const door of graph.open(from)) if (attempt(from, door)) blocked.push([from, door]);
		} else {
			learned = false;
			blocked = blocked.filter(([source, door]) => attempt(source, door));
		}
	}
	return {
		foothold,
		order: [...falls.keys()],
		fall: node => falls.get(node),
		shell: node => shells.get(node),
		replicas,
		teller: fact => (fact === -1 ? -1 : tellers[fact]!),
		isHeard: fact => fact !== -1 && heard[fact] === 1,
		stopped,
		outsider,
	};
}
