import {parsePortText} from '../../core/attack/known-ports.ts';
import type {Network} from '../../core/contracts/network.ts';
import type {Knowledge, Learned, PlannedAction} from '../../core/contracts/technique.ts';
import {countAnswers, learned, plural} from './learned.ts';

/** How many of the ports worth trying a pivot has tried at an address. */
export const triedPorts = ({scanned}: Knowledge, pivot: string, address: string): number =>
	scanned.get(pivot)?.get(address) ?? 0;

/** Whether a pivot has ports left to try at an address. */
export const hasUntried = (knowledge: Knowledge, pivot: string, address: string): boolean =>
	triedPorts(knowledge, pivot, address) < knowledge.ports.length;

/** What is tried at one address: every port that this pivot has not tried there. */
export function scanAction(
	knowledge: Knowledge,
	technique: 'discover-services' | 'ipv6-detour',
	{from, to, address}: {readonly from: string; readonly to: string; readonly address: string},
): PlannedAction {
	const tried = triedPorts(knowledge, from, address);
	return {
		key: `${technique} ${from} ${address} ${tried}..${knowledge.ports.length}`,
		technique,
		from,
		to,
		address,
		protocol: null,
		port: null,
		secret: null,
		speaks: null,
	};
}

/** Tries them all at once. */
export async function scanPorts(
	{from, address}: PlannedAction,
	number: number,
	network: Network,
	knowledge: Knowledge,
): Promise<Learned> {
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
}
