import type {Fall} from '../core/contracts/attack-run.ts';
import type {PlannedAction} from '../core/contracts/technique.ts';
import type {Gain} from './adversary-memory.ts';

export interface Falls {
	/** In the order of their fall, the foothold first. A workload falls once; a shell won later only makes it a pivot. */
	readonly list: readonly Fall[];
	add(number: number, action: PlannedAction, gain: Gain, hands: 'shell' | 'session'): void;
}

/** The falls of a run that begins in `foothold`, from which every path can be rebuilt (core/attack/attack-path.ts). */
export function createFalls(foothold: string): Falls {
	const start = {from: null, hops: 0, pivot: true, technique: null, protocol: null, port: null};
	const list: Fall[] = [{workload: foothold, action: 0, ...start}];
	const byName = new Map([[foothold, 0]]);
	return {
		list,
		add(number, {from, technique, protocol, port, onward, via}, {hostname, kind}, hands) {
			if (kind === 'known') return;
			const before = byName.get(hostname);
			if (before !== undefined) {
				list[before] = {...list[before]!, pivot: true};
				return;
			}
			const hops = list[byName.get(from)!]!.hops + 1;
			byName.set(hostname, list.length);
			list.push({
				workload: hostname,
				action: number,
				from,
				hops,
				pivot: hands === 'shell',
				technique,
				protocol,
				port: onward?.port ?? port,
				...(via === undefined ? {} : {via}),
			});
		},
	};
}
