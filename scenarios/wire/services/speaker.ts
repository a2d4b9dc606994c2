// One service of one workload, as whoever connects meets it: the marked hole first, then its protocol.
import type {Socket} from 'node:net';
import type {HostView} from '../../../core/contracts/network.ts';
import type {Service} from '../../../core/model/topology.ts';
import {answerDns} from '../../../kernel/speech/dns.ts';
import {hangUp, type Speech} from '../../../kernel/speech/speech.ts';
import {renderHostView} from '../exchange/host-view.ts';
import {carriedAnswer, marker, renderShell, renderShellDatagram, transferMarker} from '../exchange/marker.ts';
import {peek} from './peek.ts';
import {type ProtocolOptions, speechOf} from './protocols.ts';

export interface Speaker {
	/** Takes over an accepted tcp socket for the rest of its life. Never throws, and hears its errors. */
	greet(socket: Socket): void;
	/** The answer to a datagram, or null for none. Never throws. */
	datagram(message: Buffer): Buffer | null;
}

export interface SpeakerOptions extends Omit<ProtocolOptions, 'look'> {
	readonly service: Pick<Service, 'speaks'>;
	/** What an attacker inside would see now. */
	readonly hostView: () => HostView;
	/** Whether the running scenario takes the service for weak. */
	readonly weak: () => boolean;
}

/**
 * How long a client may be silent before it is greeted; null: for ever, since in every other protocol the client
 * speaks first. A weak service waits longer, so that a busy lab does not take a slow marked request for ssh.
 */
const patienceMs = ({speaks}: Pick<Service, 'speaks'>, weak: boolean): number | null =>
	speaks === 'ssh' ? (weak ? 2000 : 150) : null;

/**
 * The speaker of a service. Its library loads, and its users' verifiers are made, at the first client that needs them.
 * Not weak: the marked request is answered as any garbage is, by http with 400, by the others with a closed connection.
 */
export function createSpeaker({service, hostView, weak, ...rest}: SpeakerOptions): Speaker {
	const look = (): string => renderHostView(hostView());
	let made: Speech | null = null;
	const speak = (socket: Socket): void => {
		made ??= speechOf(service, {...rest, look});
		made(socket);
	};
	const say = (socket: Socket, last: Buffer): void => {
		socket.write(last);
		hangUp(socket);
	};
	/** A file, of which nothing is kept. */
	const receive = (socket: Socket): void => {
		let bytes: Buffer = Buffer.alloc(0);
		socket.on('data', chunk => {
			bytes = Buffer.concat([bytes, chunk]);
			const answer = carriedAnswer(bytes);
			if (answer === undefined) hangUp(socket);
			else if (answer !== null) say(socket, answer);
		});
		socket.resume();
	};
	const refuseMarker = (socket: Socket, opening: Buffer): void => {
		if (service.speaks === 'http') {
			socket.unshift(opening);
			speak(socket);
		} else {
			hangUp(socket);
		}
	};
	return {
		greet(socket) {
			socket.setNoDelay(true);
			socket.on('error', () => {});
			peek(socket, {wanted: [marker, transferMarker], waitMs: patienceMs(service, weak())}, opening => {
				if (opening === 'other') speak(socket);
				else if (!weak()) refuseMarker(socket, opening);
				else if (opening === marker) say(socket, renderShell(look()));
				else receive(socket);
			});
		},
		datagram(message) {
			if (weak() && message.equals(marker)) return renderShellDatagram(look());
			const head = message.subarray(0, transferMarker.length);
			if (weak() && head.equals(transferMarker)) return carriedAnswer(message.subarray(head.length)) ?? null;
			return service.speaks === 'dns' ? answerDns(message, rest.lookup) : message;
		},
	};
}
