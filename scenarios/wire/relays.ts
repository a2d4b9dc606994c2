// Who may ask a workload's service for a connection, and who makes it. The service knows its conversation by the far end
// that it has; which action of which attacker that is, knows whoever holds the other end.
import type {Socket} from 'node:net';
import type {Onward} from '../../core/contracts/network.ts';
import type {Forward} from '../../kernel/speech/speech.ts';

/** Makes a connection from a workload's own namespace; null where none came about. */
export type Dial = (from: string, onward: Onward) => Promise<Socket | null>;

export interface Relays {
	/** From now on the far end of this connected socket may be asked for connections, which `dial` makes. */
	expect(socket: Socket, dial: Dial): Disposable;
	/** What the services of a workload do when they are asked; nothing for a conversation that nobody expects. */
	forwardOf(workload: string): Forward;
}

export function createRelays(): Relays {
	const expected = new Map<string, Dial>();
	const keyOf = (address = '', port = 0): string => `${address} ${port}`;
	return {
		expect({localAddress, localPort}, dial) {
			const key = keyOf(localAddress, localPort);
			expected.set(key, dial);
			return {[Symbol.dispose]: () => void expected.delete(key)};
		},
		forwardOf:
			workload =>
			async ({address, port}, onward) =>
				(await expected.get(keyOf(address, port))?.(workload, onward)) ?? null,
	};
}
