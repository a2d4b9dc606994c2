// What the techniques that go through a pivot have in common. A pivot acts by itself, so a relay takes nothing that the
// pivot could not try: what is relayed are its own tries at what its controller may not reach, as far as they are undone.
import type {Entering, HostView, Network, Onward, Way} from '../../core/contracts/network.ts';
import type {Entry, Knowledge, Learned, PlannedAction} from '../../core/contracts/technique.ts';
import {exploitService, settlesExploit} from './exploit-service.ts';
import {answerOf, countAnswers, learnedFromReply} from './learned.ts';
import {loginWay, settles} from './login.ts';
import {reusePassword} from './reuse-password.ts';
import {reuseSshKey} from './reuse-ssh-key.ts';
import {sortActions} from './targets.ts';

/** A port of tcp by which a relay is entered again, and how. */
export type Door = Pick<Entry, 'address' | 'port' | 'way'>;

/** The doors of a relay that a controller may go through, towards one target's address. */
export type DoorsTo = (controller: HostView, relay: HostView, address: string) => readonly Door[];

/**
 * Every try at a host by a pivot that another pivot controls: for each one the first controller, by the order of their
 * fall, that has a door to the relay, may not reach the target itself and has not tried it so.
 */
export function planRelayed(
	knowledge: Knowledge,
	technique: 'proxy-through' | 'cross-networks',
	doorsTo: DoorsTo,
): readonly PlannedAction[] {
	const {pivots, done} = knowledge;
	const byName = new Map(pivots.map(pivot => [pivot.hostname, pivot]));
	const tries = [exploitService, reuseSshKey, reusePassword].flatMap(({plan}) => plan(knowledge));
	return sortActions(
		tries.flatMap(direct => {
			const {from, address, protocol, port} = direct;
			const relay = byName.get(from);
			if (relay === undefined || address === null || port === null || protocol !== 'tcp') return [];
			if (done.has(settlesBeyond(from, {address, port}))) return [];
			const ways = pivots
				.filter(({hostname}) => hostname !== from && !isOpenTo(knowledge, hostname, {address, port}))
				.flatMap(controller =>
					doorsTo(controller, relay, address).map(door => relayed(technique, controller.hostname, door, direct)),
				);
			return ways.find(({key}) => !done.has(key)) ?? [];
		}),
	);
}

/** The door by which a pivot fell; none for the foothold, and for one that fell over udp. */
export function doorOf({entries}: Knowledge, relay: string): readonly Door[] {
	const entry = entries.get(relay);
	return entry?.protocol === 'tcp' ? [entry] : [];
}

/** Whether a port of tcp answered this pivot, or its configuration says that it uses it. */
export const isOpenTo = ({hosts}: Knowledge, pivot: string, {address, port}: Pick<Door, 'address' | 'port'>): boolean =>
	hosts.get(address)?.open.get(`${port}/tcp`)?.has(pivot) ?? false;

/** What does not answer a relay answers it for no controller. */
const settlesBeyond = (relay: string, {address, port}: Onward): string => `unanswered ${relay} ${address} ${port}`;

const relayed = (
	technique: PlannedAction['technique'],
	from: string,
	{way, address, port}: Door,
	direct: PlannedAction,
): PlannedAction => ({
	...direct,
	address,
	port,
	key: `${technique} ${from} ${address} ${port} ${direct.key}`,
	technique,
	from,
	via: direct.from,
	way,
	onward: {address: direct.address!, port: direct.port!},
});

/** One conversation through a relay: what it taught, with the relay's own flow counted too where that came about. */
export async function performRelayed(action: PlannedAction, number: number, network: Network): Promise<Learned> {
	const {to, via, secret, speaks, onward} = action;
	const {attempt, exchange} = relayOf(action, number);
	const reply = await network.talk(attempt, exchange);
	const text = `${onward!.port}/tcp`;
	const settled =
		secret === null || speaks === null
			? settlesExploit(onward!.address, text)
			: settles(secret, speaks, onward!.address, text);
	const found = learnedFromReply(reply, to, settled);
	if (reply.kind === 'unanswered' && reply.beyond !== true) return {...found, detail: `${found.detail}, at ${via}`};
	const way: Way = secret === null ? {kind: 'exploit'} : loginWay(secret);
	const isDenied = reply.kind === 'unanswered';
	return {
		...found,
		...(found.shell === null ? {} : {way}),
		detail: `${found.detail}, through ${via}`,
		settled: isDenied ? [settlesBeyond(via!, onward!)] : found.settled,
		probes: 2,
		answers: countAnswers(['open', answerOf(reply)]),
	};
}

/** The conversation that an action through a relay stands for. */
export function relayOf({from, address, port, way, onward, secret, speaks}: PlannedAction, action: number) {
	if (address === null || port === null || way === undefined || onward === undefined) {
		throw new Error('a relay needs a door, and what lies behind it');
	}
	const inner: Entering = secret === null || speaks === null ? {kind: 'exploit'} : {kind: 'login', speaks, secret};
	return {
		attempt: {action, from, to: address, protocol: 'tcp', port},
		exchange: {kind: 'relay', way, onward, inner},
	} as const;
}
