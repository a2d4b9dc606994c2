import type {Technique} from '../../core/contracts/technique.ts';
import {learnedFromReply} from './learned.ts';
import {sortActions} from './targets.ts';

/** Bytes of the file: a small program, and no more than a datagram can carry to a service on udp. */
const toolBytes = 32_768;

/** One file to each pivot but the foothold, by the flow and in the way by which it was entered. */
export const transferTool: Technique = {
	name: 'transfer-tool',
	attack: {technique: 'T1570', tactic: 'TA0008', title: 'Lateral Tool Transfer'},
	describes: {
		wire: 'A file of 32 KiB to a host already entered, by the way in; the far end answers with its SHA-256.',
		seen: 'Much more data than a request towards a service, or a file copied by ssh between two servers.',
		cleanup: 'Nothing: the far end hashes what comes and keeps none of it.',
	},
	plan: ({entries, done}) =>
		sortActions(
			[...entries].map(([to, {from, way, address, protocol, port}]) => ({
				key: `transfer-tool ${to}`,
				technique: 'transfer-tool' as const,
				...{from, to, address, protocol, port, way},
				secret: null,
				speaks: null,
			})),
		).filter(({key}) => !done.has(key)),
	async perform({key, from, to, address, protocol, port, way}, number, network) {
		if (address === null || protocol === null || port === null || way === undefined)
			throw new Error('a transfer needs a way in');
		const attempt = {action: number, from, to: address, protocol, port};
		return learnedFromReply(await network.talk(attempt, {kind: 'transfer', way, bytes: toolBytes}), to, key);
	},
};
