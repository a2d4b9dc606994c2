import type {Answer, Reply} from '../../core/contracts/network.ts';
import type {Technique} from '../../core/contracts/technique.ts';
import {planAims, settlesAim} from './aims.ts';
import {settlesExploit} from './exploit-service.ts';
import {countAnswers, learned, learnedFromReply} from './learned.ts';
import {openTargets, usableAddresses} from './targets.ts';

/** Ports that rules without memory let answers come from: FTP data, DNS, Kerberos, NTP, HTTPS. */
const trusted = [20, 53, 88, 123, 443] as const;

/** A connect from one trusted port after the other; the first that gets through brings the exploit. */
export const sourcePort: Technique = {
	name: 'source-port',
	attack: {technique: 'T1599', tactic: 'TA0005', title: 'Network Boundary Bridging'},
	describes: {
		wire: 'A TCP connect or UDP datagram that is sent from port 20, 53, 88, 123 or 443.',
		seen: 'A connection that begins at a port where only answers come from.',
	},
	plan(knowledge) {
		const isUsable = usableAddresses(knowledge);
		return planAims(knowledge, 'source-port', openTargets(knowledge), ({pivot, host}) =>
			isUsable(pivot.hostname, host) ? {} : null,
		);
	},
	async perform({from, to, address, protocol, port}, number, network, {done}) {
		if (address === null || protocol === null || port === null) throw new Error('a connect needs a port');
		const at = `${port}/${protocol}`;
		const attempt = {action: number, from, to: address, protocol, port};
		const isRefused = done.has(settlesExploit(address, at));
		const answers: Answer[] = [];
		for (const own of trusted) {
			const bound = {...attempt, sourcePort: own};
			const reply: Reply = isRefused
				? {kind: 'unanswered', answer: await network.reach(bound)}
				: await network.talk(bound, {kind: 'exploit'});
			answers.push(reply.kind === 'unanswered' ? reply.answer : 'open');
			if (answers.at(-1) !== 'open') continue;
			const said = isRefused ? through : learnedFromReply(reply, to, settlesExploit(address, at));
			return {
				...said,
				...seen(address, answers),
				detail: `open from port ${own}${said.detail === '' ? '' : `; ${said.detail}`}`,
				settled: [...said.settled, settlesAim('source-port', address, at)],
			};
		}
		const silent = answers.every(answer => answer === 'silent');
		return learned({
			...seen(address, answers),
			result: silent ? 'denied' : 'nothing',
			detail: 'open from no trusted port',
		});
	},
};

const through = learned({result: 'success'});

const seen = (address: string, answers: readonly Answer[]) => ({
	probes: answers.length,
	answers: countAnswers(answers),
	hosts: answers.some(answer => answer === 'open' || answer === 'closed') ? [address] : [],
});
