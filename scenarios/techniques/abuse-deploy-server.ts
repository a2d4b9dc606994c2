import type {Knowledge, PlannedAction, Technique} from '../../core/contracts/technique.ts';
import {learnedFromReply} from './learned.ts';
import {loginWay, settles} from './login.ts';
import {sortActions, usableAddresses} from './targets.ts';

/**
 * An order from a pivot that is a deploy server to each machine that takes its orders and has no shell yet. The server's own
 * list says who they are, so that nothing is looked for first.
 */
export const abuseDeployServer: Technique = {
	name: 'abuse-deploy-server',
	attack: {technique: 'T1072', tactic: 'TA0008', title: 'Software Deployment Tools'},
	describes: {
		wire: 'An ssh login from a deploy server with its order key, and one command, whose output is the shell.',
		seen: 'An order of the deploy server to many machines at once that belongs to no release.',
		cleanup: 'Nothing: the order writes no file.',
	},
	plan(knowledge) {
		const isUsable = usableAddresses(knowledge);
		const entered = new Set(knowledge.pivots.map(({hostname}) => hostname));
		return sortActions(
			knowledge.pivots.flatMap(({hostname: from}) =>
				ordersOf(knowledge, from)
					.filter(({to, address}) => !entered.has(to) && isUsable(from, {address: address!, name: to}))
					.filter(
						({key, secret, address, port}) =>
							!knowledge.done.has(key) && !knowledge.done.has(settles(secret!, 'order', address!, `${port}/tcp`)),
					),
			),
		);
	},
	async perform({from, to, address, port, secret}, number, network) {
		if (address === null || port === null || secret === null) throw new Error('an order needs a port and a key');
		const attempt = {action: number, from, to: address, protocol: 'tcp' as const, port};
		const reply = await network.talk(attempt, {kind: 'order', secret});
		const found = learnedFromReply(reply, to, settles(secret, 'order', address, `${port}/tcp`));
		return found.shell === null ? found : {...found, way: loginWay(secret)};
	},
};

function ordersOf({pivots, hosts, secrets}: Knowledge, from: string): readonly PlannedAction[] {
	const orders = pivots.find(({hostname}) => hostname === from)?.orders;
	const secret = orders && secrets.get(orders.secret);
	if (orders === undefined || secret === undefined) return [];
	return orders.hosts.map(({name, address, port}) => ({
		key: `abuse-deploy-server ${from} ${address} ${port}`,
		technique: 'abuse-deploy-server',
		from,
		to: hosts.get(address)?.name ?? name,
		address,
		protocol: 'tcp',
		port,
		secret,
		speaks: 'ssh',
	}));
}
