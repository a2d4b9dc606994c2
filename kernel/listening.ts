// Which ports programs of a namespace listen at, as its kernel tells: nobody is disturbed by being asked.
import {readFileSync} from 'node:fs';

/** States of linux/net/tcp_states.h: LISTEN, and what udp calls a socket without a far end. */
const states = {tcp: '0A', udp: '07'} as const;

/**
 * Ports at which a socket waits for others on an address that is not loopback's, of either family.
 *
 * @param pid - a process in the namespace. Nothing where it is gone
 * Source: proc_pid_net(5), `tcp` and `udp`: addresses in hexadecimal, a word of four bytes at a time in the machine's order
 */
export function listening(pid: number, protocol: keyof typeof states): ReadonlySet<number> {
	const ports = new Set<number>();
	for (const table of [protocol, `${protocol}6`]) {
		for (const line of linesOf(`/proc/${pid}/net/${table}`)) {
			const [, local = '', , state] = line.trim().split(/\s+/);
			const [address = '', port = ''] = local.split(':');
			if (state === states[protocol] && !isLoopback(address)) ports.add(Number.parseInt(port, 16));
		}
	}
	return ports;
}

/** 127.0.0.0/8, ::1. */
const isLoopback = (address: string): boolean =>
	address.length === 8 ? address.endsWith('7F') : address === '00000000000000000000000001000000';

function linesOf(path: string): readonly string[] {
	try {
		return readFileSync(path, 'utf8').split('\n').slice(1);
	} catch {
		return [];
	}
}
