import type {Exchange, FoundSecret, HostView} from '../../core/contracts/network.ts';
import type {PlannedAction, Technique} from '../../core/contracts/technique.ts';
import {learnedFromReply} from './learned.ts';
import {openTargets, sortActions, usableAddresses} from './targets.ts';

type Peer = HostView['peers'][number];

/**
 * What may be said over the connections that the foothold had when it was taken: the exploit, and a login where it holds a
 * secret for what speaks there. No other pivot has such connections, for everybody else was taken under the policy.
 */
export const rideEstablished: Technique = {
	name: 'ride-established',
	attack: {technique: 'T1021', tactic: 'TA0008', title: 'Remote Services'},
	describes: {
		wire: 'An exploit or a login over a connection that the foothold opened to a peer before the policy was in force.',
		seen: 'Nothing begins: a connection that is known says something that its client never says.',
		cleanup: 'For its connections no policy is in force for a moment before the attack; those left over are reset.',
	},
	plan(knowledge) {
		const [foothold] = knowledge.pivots;
		if (foothold === undefined) return [];
		const targets = new Map(openTargets(knowledge).map(({address, name}) => [address, name]));
		const isUsable = usableAddresses(knowledge);
		return sortActions(
			foothold.peers.flatMap((peer): readonly PlannedAction[] => {
				const name = targets.get(peer.address);
				if (peer.protocol !== 'tcp' || name === undefined) return [];
				if (!isUsable(foothold.hostname, {address: peer.address, name})) return [];
				const secret = fitting(foothold.secrets, peer);
				return [
					action(foothold, peer, name, null),
					...(secret === undefined || (peer.speaks !== 'ssh' && knowledge.lost.has(name))
						? []
						: [action(foothold, peer, name, secret)]),
				].filter(({key}) => !knowledge.done.has(key));
			}),
		);
	},
	async perform({from, to, address, protocol, port, secret, speaks}, number, network) {
		if (address === null || protocol === null || port === null) throw new Error('a connection has a port');
		const exchange: Exchange = secret === null || speaks === null ? {kind: 'exploit'} : {kind: 'login', speaks, secret};
		const attempt = {action: number, from, to: address, protocol, port, established: true} as const;
		const {settled: _, ...said} = learnedFromReply(await network.talk(attempt, exchange), to, '');
		return {...said, settled: [], detail: `${said.detail}, over a connection that was open`};
	},
};

const fitting = (secrets: readonly FoundSecret[], {speaks}: Peer): FoundSecret | undefined =>
	secrets.find(
		({kind, speaks: spoken}) => speaks !== null && spoken.includes(speaks) && (kind === 'password' || speaks === 'ssh'),
	);

const action = (
	{hostname}: HostView,
	{address, port, speaks}: Peer,
	to: string,
	secret: FoundSecret | null,
): PlannedAction => ({
	key: `ride-established ${hostname} ${address} ${port}/tcp ${secret === null ? 'exploit' : `login ${secret.id}`}`,
	technique: 'ride-established',
	from: hostname,
	to,
	address,
	protocol: 'tcp',
	port,
	secret,
	speaks: secret === null ? null : speaks,
});
