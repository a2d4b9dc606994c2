// The shell of a weak service, as far as the lab has one: it shows what it sees, and then takes one line.
import type {Socket} from 'node:net';
import {join} from '../../../kernel/speech/join.ts';
import {type Forward, hangUp} from '../../../kernel/speech/speech.ts';
import {parseRelay, relayOpen, renderShell} from '../exchange/marker.ts';

/** How long it waits for its line, and how long that may be. */
const patienceMs = 2000;
const maximumLine = 256;

/**
 * Takes over the socket of whoever sent the marked request.
 *
 * @param view - one line of JSON
 * @param forward - left out: the shell connects nowhere
 */
export function openShell(socket: Socket, view: string, forward?: Forward): void {
	let line = '';
	const impatient = (): void => hangUp(socket);
	const read = (chunk: Buffer): void => {
		line += chunk.toString('latin1');
		const end = line.indexOf('\n') + 1;
		if (end === 0 && line.length < maximumLine) return;
		socket.off('data', read).off('timeout', impatient).setTimeout(0).pause();
		const onward = parseRelay(line.slice(0, end));
		const rest = Buffer.from(line.slice(end), 'latin1');
		const {remoteAddress = '', remotePort = 0} = socket;
		if (onward === null || forward === undefined) return void hangUp(socket);
		forward({address: remoteAddress, port: remotePort}, onward).then(
			made => {
				if (made === null) return void hangUp(socket);
				if (rest.length > 0) socket.unshift(rest);
				socket.write(relayOpen);
				join(socket, made);
			},
			() => hangUp(socket),
		);
	};
	socket.write(renderShell(view));
	socket.on('data', read).once('timeout', impatient).setTimeout(patienceMs).resume();
}
