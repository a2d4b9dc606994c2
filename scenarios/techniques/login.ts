// What the techniques that log in have in common: which doors a secret may fit, and the conversation.
import {knownPorts, parsePortText} from '../../core/attack/known-ports.ts';
import type {FoundSecret, Network, Way} from '../../core/contracts/network.ts';
import type {Knowledge, KnownHost, Learned, PlannedAction} from '../../core/contracts/technique.ts';
import {learnedFromReply} from './learned.ts';
import {openTargets, sortActions, usableAddresses} from './targets.ts';

/**
 * Every held secret of a kind against every open port that speaks what the secret is for, by the table of known ports or
 * by some pivot's configuration. Where only a login without a shell is to be had, hosts already lost are left out.
 */
export function planLogins(
	knowledge: Knowledge,
	technique: 'reuse-ssh-key' | 'reuse-password',
	kind: FoundSecret['kind'],
): readonly PlannedAction[] {
	const spoken = protocolsByPort(knowledge);
	const isUsable = usableAddresses(knowledge);
	const secrets = [...knowledge.secrets.values()].filter(secret => secret.kind === kind);
	const through = ({address, name, open}: KnownHost, secret: FoundSecret): readonly PlannedAction[] =>
		[...open].flatMap(([port, pivots]) =>
			spoken(address, port)
				.filter(speaks => secret.speaks.includes(speaks) && (speaks === 'ssh' || !knowledge.lost.has(name)))
				.filter(speaks => !knowledge.done.has(settles(secret, speaks, address, port)))
				.flatMap(speaks =>
					[...pivots]
						.filter(pivot => isUsable(pivot, {address, name}))
						.map(from => ({
							key: `${technique} ${from} ${address} ${port} ${speaks} ${secret.id}`,
							technique,
							from,
							to: name,
							address,
							...parsePortText(port),
							secret,
							speaks,
						})),
				),
		);
	return sortActions(
		openTargets(knowledge)
			.flatMap(host => secrets.flatMap(secret => through(host, secret)))
			.filter(({key}) => !knowledge.done.has(key)),
	);
}

/** One login with one secret by one protocol. */
export async function performLogin(
	{from, to, address, protocol, port, secret, speaks}: PlannedAction,
	number: number,
	network: Network,
): Promise<Learned> {
	if (address === null || protocol === null || port === null || secret === null || speaks === null) {
		throw new Error('a login needs a port, a protocol and a secret');
	}
	const attempt = {action: number, from, to: address, protocol, port};
	const reply = await network.talk(attempt, {kind: 'login', speaks, secret});
	const found = learnedFromReply(reply, to, settles(secret, speaks, address, `${port}/${protocol}`));
	return found.shell === null ? found : {...found, way: loginWay(secret)};
}

/** The way back into a host that a secret opened by ssh. */
export const loginWay = (secret: FoundSecret): Way => ({kind: 'login', speaks: 'ssh', secret});

/** The key of a login that a service refused: nobody tries it again. */
export const settles = (secret: FoundSecret, speaks: string, address: string, port: string): string =>
	`refused ${speaks} ${address} ${port} ${secret.id}`;

/** What may speak at a port: as the configuration of some pivot says, and as is usual. */
export function protocolsByPort({pivots}: Knowledge): (address: string, port: string) => readonly string[] {
	const configured = new Map<string, Set<string>>();
	for (const {address, port, protocol, speaks} of pivots.flatMap(({peers}) => peers)) {
		if (speaks === null) continue;
		const at = `${address} ${port}/${protocol}`;
		configured.set(at, (configured.get(at) ?? new Set()).add(speaks));
	}
	return (address, port) => {
		const usual = knownPorts.get(port);
		return [...new Set([...(configured.get(`${address} ${port}`) ?? []), ...(usual === undefined ? [] : [usual])])];
	};
}
