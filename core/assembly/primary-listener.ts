// Which ports are meant where a machine is named without one.
import type {Listener} from './parts.ts';

/**
 * What its image is known for; else what it listens on, ports over ranges; empty where nothing is known.
 *
 * @param known - listeners of its image
 */
export function primaryListeners(
	listeners: readonly Listener[],
	known: readonly Listener[],
): readonly Pick<Listener, 'protocol' | 'port'>[] {
	if (known.length > 0) return [known[0]!];
	const tcp = listeners.filter(({protocol}) => protocol === 'tcp');
	const all = tcp.length > 0 ? tcp : listeners;
	const single = all.filter(({port, lastPort}) => port === lastPort);
	return single.length > 0 ? single : all;
}
