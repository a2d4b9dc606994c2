// Marked data in names, asked of a resolver: one query after the other, each answered by the receipt of what it carried.
import {randomBytes} from 'node:crypto';
import type {Socket} from 'node:net';
import type {Reply} from '../../../core/contracts/network.ts';
import {parseTexts, renderTextQuery} from '../../../kernel/speech/dns.ts';
import {beaconNames} from '../../../kernel/speech/dns-beacon.ts';
import {isReceiptOf} from '../../../kernel/speech/receipt.ts';
import type {Message} from './messages.ts';

/** The queries that carry so many random bytes, and of each reply how many of them got there. */
export const beaconMessages = (bytes: number): readonly Message[] =>
	beaconNames(randomBytes(bytes)).map(({name, part}) => ({
		text: renderTextQuery(name),
		arrived: reply => (parseTexts(reply).some(text => isReceiptOf(text, part)) ? part.length : 0),
	}));

/** The same over tcp, where each message has its length in front (RFC 7766). Never settles while the far end is silent. */
export async function beacon(socket: Socket, bytes: number): Promise<Reply> {
	let carried = 0;
	for (const {text, arrived} of beaconMessages(bytes)) {
		const length = Buffer.alloc(2);
		length.writeUInt16BE(text.length);
		const answer = nextMessage(socket);
		socket.write(Buffer.concat([length, text]));
		const got = arrived(await answer);
		if (got === 0) return {kind: 'refused'};
		carried += got;
	}
	return {kind: 'carried', bytes: carried};
}

/** A reply is short: what claims to be longer is another protocol. */
const maximum = 4096;

const nextMessage = (socket: Socket): Promise<Buffer> =>
	new Promise(resolve => {
		let seen: Buffer = Buffer.alloc(0);
		const read = (chunk: Buffer): void => {
			seen = Buffer.concat([seen, chunk]);
			const length = seen.length < 2 ? 0 : seen.readUInt16BE(0);
			if (seen.length < 2 + length && length <= maximum) return;
			socket.off('data', read).pause();
			resolve(seen.subarray(2, 2 + length));
		};
		socket.on('data', read).resume();
	});
