import {knownPorts, parsePortText} from '../../core/attack/known-ports.ts';
import type {HostView, Reply} from '../../core/contracts/network.ts';
import type {Knowledge, PlannedAction, Technique} from '../../core/contracts/technique.ts';
import {answerOf, countAnswers, learned} from './learned.ts';
import {type Door, doorOf, isOpenTo, relayOf} from './relay.ts';
import {sortActions} from './targets.ts';

/**
 * A port of a pivot that another pivot may not reach, spoken to inside a conversation with a port that it may. Nothing
 * falls by it, since the pivot has fallen: what it shows is that a denied protocol passes.
 */
export const tunnel: Technique = {
	name: 'tunnel',
	attack: {technique: 'T1572', tactic: 'TA0011', title: 'Protocol Tunneling'},
	describes: {
		wire: 'One connect to a port that is denied; then the same protocol, spoken to that port inside a conversation with an allowed port of the same machine, which connects to itself.',
		seen: 'A refused connection, and then a long conversation with a port that is allowed; the rest never leaves the machine.',
		cleanup: 'Both connections end with the action.',
	},
	plan(knowledge) {
		const {pivots, done} = knowledge;
		return sortActions(
			pivots.flatMap(relay => {
				const ways = pivots
					.filter(({hostname}) => hostname !== relay.hostname)
					.flatMap(({hostname}) => throughDoors(knowledge, hostname, relay));
				const open = ways.filter(({key, onward}) => !done.has(key) && !done.has(settles(relay.hostname, onward!.port)));
				return [...Map.groupBy(open, ({onward}) => onward!.port).values()].map(([first]) => first!);
			}),
		);
	},
	async perform(action, number, network) {
		const {from, to, port, onward, secret} = action;
		const {attempt, exchange} = relayOf(action, number);
		const direct = await network.reach({
			action: number,
			from,
			to: onward!.address,
			protocol: 'tcp',
			port: onward!.port,
		});
		const text = `${onward!.port}/tcp`;
		if (direct === 'open') {
			const open = [{address: onward!.address, port: text}];
			return learned({detail: `${text} is open without it`, probes: 1, answers: {open: 1}, open});
		}
		const reply = await network.talk(attempt, exchange);
		const entered = reply.kind !== 'unanswered' || reply.beyond === true;
		const counted = {probes: 2, answers: countAnswers([direct, entered ? 'open' : answerOf(reply)])};
		const inside = `${text} inside ${port}/tcp`;
		if (!entered)
			return learned({...counted, result: failed(reply), detail: `no conversation with ${to} at ${port}/tcp`});
		if (reply.kind === 'unanswered')
			return learned({...counted, result: 'failure', detail: `nothing answers at ${inside}`});
		const said = reply.kind === 'refused' ? 'refused' : secret === null ? 'exploited' : `logged in as ${secret.user}`;
		return learned({
			...counted,
			result: 'success',
			detail: `spoke to ${inside}, ${said}`,
			settled: [settles(to, onward!.port)],
		});
	},
};

/** What a controller could speak through each door of a relay that is open to it: one try for each port that is not. */
function throughDoors(knowledge: Knowledge, controller: string, relay: HostView): readonly PlannedAction[] {
	const doors = doorOf(knowledge, relay.hostname).filter(door => isOpenTo(knowledge, controller, door));
	return doors.flatMap(door =>
		portsBehind(knowledge, door)
			.filter(port => port !== door.port && !isOpenTo(knowledge, controller, {address: door.address, port}))
			.map(port => through(knowledge, controller, relay.hostname, door, port)),
	);
}

/** Ports of tcp that answered some pivot there, and that of ssh, which hardly any machine is without. */
const portsBehind = ({hosts}: Knowledge, {address}: Door): readonly number[] => {
	const seen = [...(hosts.get(address)?.open.keys() ?? [])].map(parsePortText);
	return [...new Set([22, ...seen.filter(({protocol}) => protocol === 'tcp').map(({port}) => port)])];
};

function through(
	{secrets}: Knowledge,
	from: string,
	to: string,
	{address, port, way}: Door,
	behind: number,
): PlannedAction {
	const speaks = knownPorts.get(`${behind}/tcp`) ?? null;
	const secret = [...secrets.values()].find(one => speaks !== null && one.speaks.includes(speaks)) ?? null;
	return {
		key: `tunnel ${from} ${address} ${port} ${behind}`,
		technique: 'tunnel',
		from,
		to,
		address,
		protocol: 'tcp',
		port,
		secret,
		speaks: secret === null ? null : speaks,
		via: to,
		way,
		onward: {address, port: behind},
	};
}

const failed = (reply: Reply): 'denied' | 'failure' => (answerOf(reply) === 'silent' ? 'denied' : 'failure');

const settles = (relay: string, port: number): string => `tunnelled to ${relay} ${port}`;
