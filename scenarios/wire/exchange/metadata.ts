import type {Socket} from 'node:net';
import type {FoundSecret, Reply} from '../../../core/contracts/network.ts';
import {readCredentials} from '../../../kernel/speech/metadata-client.ts';
import {parseSecret} from './host-view.ts';

/** What the metadata service gives to whoever asks, over a connected socket. A document that cannot be believed is none. */
export async function askMetadata(socket: Socket): Promise<Reply> {
	const documents = await readCredentials(socket);
	if (documents === null) return {kind: 'refused'};
	return {kind: 'secrets', secrets: documents.flatMap(text => secretOf(text) ?? [])};
}

function secretOf(text: string): FoundSecret | null {
	try {
		const {Type, Name, UserName, Secret, Protocols} = JSON.parse(text);
		return parseSecret({id: Name, kind: Type, user: UserName, material: Secret, speaks: Protocols});
	} catch {
		return null;
	}
}
