// Marked data to a machine of the attacker's own, and its side of it: what came is counted and hashed there.
import {randomBytes} from 'node:crypto';
import type {Socket} from 'node:net';
import type {Reply} from '../../../core/contracts/network.ts';
import {isReceiptOf, renderReceipt} from '../../../kernel/speech/receipt.ts';
import {hangUp} from '../../../kernel/speech/speech.ts';
import type {Message} from './messages.ts';

const mark = 'firebreak-marked-data';
/** The most of a conversation that is taken. */
const maximum = 65_536;
/** Of data in a datagram, so that it fits into any link. */
const datagramBytes = 1024;

/** So many random bytes over a connected socket. `refused` where the receipt is not theirs. */
export async function carryOut(socket: Socket, bytes: number): Promise<Reply> {
	const data = randomBytes(bytes);
	const receipt = new Promise<string>(resolve => {
		let line = '';
		socket.on('data', chunk => {
			line += chunk.toString('latin1');
			if (line.includes('\n') || line.length > 256) resolve(line);
		});
	});
	socket.write(Buffer.concat([Buffer.from(`${mark} ${bytes}\n`), data]));
	return isReceiptOf(await receipt, data) ? {kind: 'carried', bytes} : {kind: 'refused'};
}

/** The same in datagrams. */
export function carryOutMessages(bytes: number): readonly Message[] {
	const data = randomBytes(bytes);
	return Array.from({length: Math.ceil(bytes / datagramBytes)}, (_, at) => {
		const text = Buffer.concat([
			Buffer.from(`${mark} ${at}\n`),
			data.subarray(at * datagramBytes, (at + 1) * datagramBytes),
		]);
		const isWhole = (reply: Buffer): boolean => isReceiptOf(reply.toString('latin1'), text);
		return {text, arrived: reply => (isWhole(reply) ? Math.min(datagramBytes, bytes - at * datagramBytes) : 0)};
	});
}

/** What waits for them outside. */
export const dropSpeaker = {
	greet(socket: Socket): void {
		let seen: Buffer = Buffer.alloc(0);
		socket.on('data', chunk => {
			seen = Buffer.concat([seen, chunk]);
			const [line = '', length = ''] = /^firebreak-marked-data (\d{1,5})\n/.exec(seen.toString('latin1', 0, 64)) ?? [];
			if (line === '' ? seen.length > 64 : seen.length > maximum + line.length) return hangUp(socket);
			if (line === '' || seen.length < line.length + Number(length)) return;
			socket.write(`${renderReceipt(seen.subarray(line.length))}\n`);
			hangUp(socket);
		});
		socket.resume();
	},
	datagram: (message: Buffer): Buffer | null =>
		message.subarray(0, mark.length).equals(Buffer.from(mark)) ? Buffer.from(renderReceipt(message)) : null,
};
