import {parsePortText} from '../../core/attack/known-ports.ts';
import type {Knowledge, KnownHost, PlannedAction, Technique} from '../../core/contracts/technique.ts';
import {learnedFromReply} from './learned.ts';
import {protocolsByPort} from './login.ts';
import {sortActions, usableAddresses} from './targets.ts';

/** How much a beacon carries: a few names full. */
const bytes = 512;

/** A beacon from each pivot by the first resolver that takes it: one that it is set up to use, or found open. */
export const dnsChannel: Technique = {
	name: 'dns-channel',
	attack: {technique: 'T1071.004', tactic: 'TA0011', title: 'Application Layer Protocol: DNS'},
	describes: {
		wire: "Queries for long names of the attacker's zone, half a KiB of marked data in their labels, and a TXT answer to each that says what got there.",
		seen: 'Names of one zone that are long, random and asked once, from a machine that asks for few.',
		cleanup: 'Nothing stays: the resolver of the lab keeps no names.',
	},
	plan(knowledge) {
		const {pivots, hosts, done} = knowledge;
		const asks = dnsPorts(knowledge);
		const isUsable = usableAddresses(knowledge);
		return sortActions(
			pivots
				.filter(({hostname}) => !done.has(settles(hostname)))
				.flatMap(({hostname}) => {
					const tries = [...hosts.values()]
						.filter(host => host.name !== hostname && isUsable(hostname, host))
						.flatMap(host => asks(hostname, host));
					return sortActions(tries).find(({key}) => !done.has(key)) ?? [];
				}),
		);
	},
	async perform({from, to, address, protocol, port}, number, network) {
		if (address === null || protocol === null || port === null) throw new Error('a beacon needs a resolver');
		const reply = await network.talk({action: number, from, to: address, protocol, port}, {kind: 'beacon', bytes});
		const found = learnedFromReply(reply, to, '');
		return {...found, settled: reply.kind === 'carried' ? [settles(from)] : []};
	},
};

const settles = (pivot: string): string => `channel from ${pivot}`;

/** The ports of a host that a pivot may ask for names. */
function dnsPorts(knowledge: Knowledge): (pivot: string, host: KnownHost) => readonly PlannedAction[] {
	const spoken = protocolsByPort(knowledge);
	return (from, {address, name, open}) =>
		[...open]
			.filter(([port, pivots]) => pivots.has(from) && spoken(address, port).includes('dns'))
			.map(([port]) => ({
				key: `dns-channel ${from} ${address} ${port}`,
				technique: 'dns-channel',
				from,
				to: name,
				address,
				...parsePortText(port),
				secret: null,
				speaks: null,
			}));
}
