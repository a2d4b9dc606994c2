import {parsePortText} from '../../core/attack/known-ports.ts';
import type {Knowledge, PlannedAction, Technique} from '../../core/contracts/technique.ts';
import {countAnswers, learned, plural} from './learned.ts';
import {openTargets, sortActions, usableAddresses} from './targets.ts';

/**
 * The ports worth trying, from each pivot at each known host that it has no shell on. One action a host; when a
 * configuration names a new port later, one more for what is new.
 */
export const discoverServices: Technique = {
	name: 'discover-services',
	attack: {technique: 'T1046', tactic: 'TA0007', title: 'Network Service Discovery'},
	describes: {
		wire: 'TCP connects and UDP datagrams from a pivot to some forty ports of one host.',
		seen: 'One source tries many ports of one destination within a second.',
	},
	plan(knowledge) {
		const {swept, pivots, ports} = knowledge;
		const isUsable = usableAddresses(knowledge);
		const targets = openTargets(knowledge).filter(({address}) => swept.get(address) !== 'absent');
		return sortActions(
			targets.flatMap(({address, name}) =>
				pivots
					.filter(({hostname}) => isUsable(hostname, {address, name}))
					.filter(({hostname}) => triedPorts(knowledge, hostname, address) < ports.length)
					.map(({hostname}): PlannedAction => {
						const from = triedPorts(knowledge, hostname, address);
						return {
							key: `discover-services ${hostname} ${address} ${from}..${ports.length}`,
							technique: 'discover-services',
							from: hostname,
							to: name,
							address,
							protocol: null,
							port: null,
							secret: null,
							speaks: null,
						};
					}),
			),
		);
	},
	async perform({from, address}, number, network, knowledge) {
		const to = address ?? '';
		const ports = knowledge.ports.slice(triedPorts(knowledge, from, to));
		const answers = await network.sweep(ports.map(text => ({action: number, from, to, ...parsePortText(text)})));
		const open = ports.filter((_, at) => answers[at] === 'open').map(port => ({address: to, port}));
		const silent = answers.length > 0 && answers.every(answer => answer === 'silent');
		return learned({
			result: open.length > 0 ? 'success' : silent ? 'denied' : 'nothing',
			detail: `${plural(open.length, 'service')} seen`,
			probes: ports.length,
			answers: countAnswers(answers),
			hosts: answers.some(answer => answer === 'open' || answer === 'closed') ? [to] : [],
			open,
			scanned: knowledge.ports.length,
		});
	},
};

const triedPorts = ({scanned}: Knowledge, pivot: string, address: string): number =>
	scanned.get(pivot)?.get(address) ?? 0;
