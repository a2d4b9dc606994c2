// What a person sees while a rehearsal runs: on a terminal lines that fill in and stay, elsewhere one plain line a stage.
import type {LabEvent} from '../core/contracts/event.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';
import type {Io} from './io.ts';
import {printable} from './printable.ts';

export interface Progress {
	tell(event: LabEvent): void;
	/** Gives the terminal back; harmless twice. */
	end(): void;
}

/** Silent where `io` is null: what is printed is for programs. */
export async function startProgress({topology}: Rehearsal, io: Io | null): Promise<Progress> {
	if (io === null) return {tell: () => undefined, end: () => undefined};
	const say = (text: string): void => io.err(`  ${printable(text)}\n`);
	let probed = 0;
	let candidate = 'flat';
	return {
		tell(event) {
			switch (event.kind) {
				case 'lab-booted':
					say(
						`lab        ${event.workloads} workloads of ${topology.name}, ${event.rootless ? 'rootless' : 'as root'}, in ${seconds(event.bootMs)}`,
					);
					break;
				case 'policy-applied':
					candidate = event.candidate;
					probed = 0;
					break;
				case 'flow-probed':
					probed++;
					break;
				case 'attack-started':
					break;
				case 'attack-ended':
					say(
						`${candidate.padEnd(10)} ${probed} flows probed; ${event.scenario} from ${event.foothold}: ${event.ended}`,
					);
					break;
				default:
			}
		},
		end: () => undefined,
	};
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
