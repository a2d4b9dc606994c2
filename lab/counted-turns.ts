import type {Namespaces} from '../topologies/boot.ts';
import type {BootStep} from './progress.ts';

/** The same turns of namespaces; tells how many have come, and when all have. */
export async function* countedTurns(
	turns: Namespaces['turns'],
	total: number,
	step: (step: BootStep) => void,
): AsyncGenerator<readonly number[]> {
	let done = 0;
	for await (const turn of turns) {
		done += turn.length;
		step({text: 'namespaces', done, total});
		yield turn;
	}
	step({text: 'rules and links', done: 0, total: 0});
}
