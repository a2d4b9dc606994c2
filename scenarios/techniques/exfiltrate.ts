import {parsePortText} from '../../core/attack/known-ports.ts';
import {isIPv4} from '../../core/attack/sweep-addresses.ts';
import type {Answer} from '../../core/contracts/network.ts';
import type {Knowledge, OutsideHost, PlannedAction, Technique} from '../../core/contracts/technique.ts';
import {answerOf, countAnswers, learned, plural} from './learned.ts';
import {sortActions} from './targets.ts';

const bytes = 4096;

/** What is open outward more often than the rest. */
const usual = ['443/tcp', '53/udp', '80/tcp', '22/tcp'];

/** The most ports that one action tries. */
const most = 16;

/** Marked data from each pivot to each machine that the attacker has outside, by the first port that lets it out. */
export const exfiltrate: Technique = {
	name: 'exfiltrate',
	attack: {technique: 'T1048.003', tactic: 'TA0010', title: 'Exfiltration Over Unencrypted Non-C2 Protocol'},
	describes: {
		wire: 'Marked bytes, 4 KiB of them, to a host outside: at 443/tcp, 53/udp, 80/tcp, 22/tcp and at ports that answered elsewhere, until one takes them.',
		seen: 'A machine that has no business outside sends there more than it gets back.',
		cleanup: "The listeners of the attacker's machine are opened for the action and closed with it.",
	},
	plan({pivots, outside, done}) {
		return sortActions(
			pivots.flatMap(({hostname, addresses}) =>
				[...Map.groupBy(outside, ({name}) => name)]
					.filter(([name]) => name !== hostname)
					.flatMap(([, drop]) => nearest(drop, addresses) ?? [])
					.map(
						({name, address}): PlannedAction => ({
							key: `exfiltrate ${hostname} ${name}`,
							technique: 'exfiltrate',
							from: hostname,
							to: name,
							address,
							protocol: null,
							port: null,
							secret: null,
							speaks: null,
						}),
					),
			),
		).filter(({key}) => !done.has(key));
	},
	async perform({from, address}, number, network, knowledge) {
		const answers: Answer[] = [];
		let refused = false;
		for (const text of portsOut(knowledge, from)) {
			const attempt = {action: number, from, to: address ?? '', ...parsePortText(text)};
			const reply = await network.talk(attempt, {kind: 'exfiltrate', bytes});
			answers.push(answerOf(reply));
			if (reply.kind === 'carried' && reply.bytes === bytes) {
				const detail = `${plural(bytes, 'byte')} got out by ${text}`;
				return learned({result: 'success', detail, probes: answers.length, answers: countAnswers(answers)});
			}
			refused ||= answerOf(reply) !== 'silent';
		}
		return learned({
			result: refused ? 'failure' : 'denied',
			detail: 'nothing got out',
			probes: answers.length,
			answers: countAnswers(answers),
		});
	},
};

/** IPv4 where both ends have it; undefined where they have no family in common. */
function nearest(drop: readonly OutsideHost[], own: readonly string[]): OutsideHost | undefined {
	const reachable = drop.filter(({address}) => own.some(one => isIPv4(one) === isIPv4(address)));
	return reachable.find(({address}) => isIPv4(address)) ?? reachable[0];
}

/** The usual ones, then what some host answered this pivot at, by text. */
function portsOut({hosts}: Knowledge, pivot: string): readonly string[] {
	const seen = [...hosts.values()].flatMap(({open}) => [...open].filter(([, pivots]) => pivots.has(pivot)));
	const others = [...new Set(seen.map(([port]) => port))].sort();
	return [...new Set([...usual, ...others])].slice(0, most);
}
