// What works on the lab is done one after the other: who asks ahead need not wait for the answer to ask the next. In a lab
// that stays an attack holds nobody up, so that a policy can be put in force in the middle of it; only a reset and a
// change of the lab wait for its end.
import type {Method} from './protocol.ts';

export interface Turns {
	/** What is being done now, or null. */
	readonly busy: string | null;
	/** Calls `work` in its turn, and gives what that gives. `staying`: the lab stays. */
	take<T>(method: Method, staying: boolean, work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
	const busy = new Set<Method>();
	let turn: Promise<unknown> = Promise.resolve();
	let attacking: Promise<unknown> = Promise.resolve();
	return {
		get busy() {
			return busy.size === 0 ? null : [...busy].sort().join(' and ');
		},
		take(method, staying, work) {
			const isAttack = method === 'attack' && staying;
			const before = isAttack || method === 'reset' || method === 'change' ? Promise.all([turn, attacking]) : turn;
			const served = before.then(() => {
				busy.add(method);
				return work().finally(() => busy.delete(method));
			});
			const over = served.catch(() => undefined);
			if (isAttack) attacking = over;
			else turn = over;
			return served;
		},
	};
}
