// The socket of a lab that stays, on the engine's side: it is there, whole and listening, or it is not.
import {randomBytes} from 'node:crypto';
import {chmodSync, linkSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {FirebreakError} from '../core/model/failure.ts';
import {lastWordOf} from './labs-folder.ts';

/**
 * Serves at `path`, for the owner alone. It is made beside it and then linked there: who finds the name finds somebody
 * who listens, and of two engines that want one name the second hears that.
 *
 * @throws FirebreakError `lab-exists`
 */
export async function serveAt(path: string, lab: string, onClient: (socket: Socket) => void): Promise<Server> {
	const server = createServer(onClient);
	const beside = `${path}.${randomBytes(3).toString('hex')}`;
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(beside, resolve));
	try {
		chmodSync(beside, 0o600);
		linkSync(beside, path);
	} catch (error) {
		server.close();
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		throw labExists(lab);
	} finally {
		// Closing a server takes its file away too.
		rmSync(beside, {force: true});
	}
	return server;
}

export const labExists = (lab: string): FirebreakError =>
	new FirebreakError(
		'lab-exists',
		`a lab named ${lab} is up already`,
		`firebreak down ${lab}, or another name: --name ${lab.slice(0, 14)}-2`,
	);

/** Where this process falls, its last word lies beside the socket: the next `firebreak ls` tells it. */
export function leaveWord(socket: string): void {
	process.on('uncaughtException', error => {
		try {
			writeFileSync(lastWordOf(socket), `${error.stack ?? error.message}\n`, {mode: 0o600});
		} finally {
			process.exit(70);
		}
	});
}
