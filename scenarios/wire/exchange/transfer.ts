// A file into a host already entered, in the way it was entered. The far end proves by its hash that all of it arrived.
import {createHash} from 'node:crypto';
import type {Socket} from 'node:net';
import type {Reply, Way} from '../../../core/contracts/network.ts';
import {sshRun} from '../../../kernel/speech/ssh-client.ts';
import {receiveCommand} from '../../../kernel/speech/ssh2.ts';
import {refusalOf} from './login.ts';
import {parseCarried, renderTransfer} from './marker.ts';

/** The file: so many bytes, and always the same. */
export const toolOf = (bytes: number): Buffer =>
	Buffer.alloc(bytes, 'a tool of the Firebreak lab, which does nothing\n');

const sha256 = (file: Buffer): string => createHash('sha256').update(file).digest('hex');

/** The whole transfer over a connected socket. Never settles while the far end is silent. */
export async function transfer(socket: Socket, way: Way, bytes: number): Promise<Reply> {
	const file = toolOf(bytes);
	if (way.kind === 'exploit') return confirmed(await answerTo(socket, renderTransfer(file)), file);
	const {kind, user, material} = way.secret;
	const said = await sshRun(socket, {kind, user, material}, {command: receiveCommand, input: file, maximum: 256});
	return typeof said === 'string' ? refusalOf(said) : confirmed(said.output ?? '', file);
}

/** The request as one datagram. */
export const transferDatagram = (bytes: number): Buffer => renderTransfer(toolOf(bytes));

/** What a datagram that came back means. */
export const replyOfTransfer = (datagram: Buffer, bytes: number): Reply =>
	confirmed(parseCarried(datagram.toString('latin1')) ?? '', toolOf(bytes));

/** `HASH LENGTH` of exactly this file, and nothing else, is a confirmation. */
const confirmed = (said: string, file: Buffer): Reply =>
	said.trim() === `${sha256(file)} ${file.length}` ? {kind: 'carried', bytes: file.length} : {kind: 'refused'};

const answerTo = (socket: Socket, request: Buffer): Promise<string> =>
	new Promise(resolve => {
		let line = '';
		socket.on('data', chunk => {
			line += chunk.toString('latin1');
			if (line.includes('\n') || line.length > 256) resolve(parseCarried(line) ?? '');
		});
		socket.write(request);
	});
