// The folder where the labs that stay have their sockets, `NAME.sock` each. Only its owner may enter it: whoever may
// connect may do anything with the lab.
import {lstatSync, mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {FirebreakError} from '../core/model/failure.ts';

/** What a lab may be called. */
export const labName = /^[a-z0-9-]{1,16}$/;

/** What its tables and links are called by. */
export const labId = (name: string): string => name.replaceAll('-', '_');

/** sun_path of unix(7), less its NUL, less the longest name with what an engine adds while it makes the socket. */
const longestFolder = 107 - '/0123456789abcdef.sock.abcdef'.length;

export interface FolderPlace {
	readonly environment: {readonly XDG_RUNTIME_DIR?: string | undefined};
	readonly uid: number;
	/** Where there is no folder of the user's own: /tmp. */
	readonly shared: string;
}

const here = (): FolderPlace => ({
	environment: {XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR},
	uid: process.getuid?.() ?? 0,
	shared: '/tmp',
});

/**
 * `$XDG_RUNTIME_DIR/firebreak` where that is this user's own, else `/tmp/firebreak-UID`; made where it is missing.
 *
 * @throws FirebreakError `unsafe-folder` where something else is in its place, or others may enter it
 */
export function labsFolder(place: FolderPlace = here()): string {
	const {uid} = place;
	const folder = folderOf(place);
	if (Buffer.byteLength(folder) > longestFolder)
		throw unsafe(folder, `is longer than ${longestFolder} characters, and a socket's path must be short`);
	try {
		mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unsafe(folder, `cannot be made: ${String(error)}`);
	}
	const status = lstatSync(folder);
	if (!status.isDirectory()) throw unsafe(folder, 'is no folder (a link is none)');
	if (status.uid !== uid) throw unsafe(folder, 'belongs to somebody else');
	if ((status.mode & 0o077) !== 0) throw unsafe(folder, 'may be entered by others');
	return folder;
}

/** The same where it is there already and this user's own: for whoever only cleans up. Nothing is made. */
export function knownLabsFolder(place: FolderPlace = here()): string | undefined {
	const folder = folderOf(place);
	return isOwn(folder, place.uid) ? folder : undefined;
}

const folderOf = ({environment: {XDG_RUNTIME_DIR: own}, uid, shared}: FolderPlace): string =>
	own?.startsWith('/') && isOwn(own, uid) ? join(own, 'firebreak') : join(shared, `firebreak-${uid}`);

function isOwn(folder: string, uid: number): boolean {
	const status = lstatSync(folder, {throwIfNoEntry: false});
	return status?.isDirectory() === true && status.uid === uid;
}

const unsafe = (folder: string, why: string): FirebreakError =>
	new FirebreakError(
		'unsafe-folder',
		`${folder}, where labs have their sockets, ${why}`,
		`look at it, then: mv or chmod 700 ${folder}, or set XDG_RUNTIME_DIR to a folder of your own`,
		{folder},
	);

export const socketOf = (folder: string, lab: string): string => join(folder, `${lab}.sock`);

/** What an engine that fell said last. */
export const lastWordOf = (socket: string): string => socket.replace(/\.sock$/, '.fell');

/** What lies there: names of labs, sorted, and files that an engine leaves where it is killed while it makes its socket. */
export function labFiles(folder: string): {readonly labs: readonly string[]; readonly unfinished: readonly string[]} {
	const names = readdirSync(folder).sort();
	return {
		labs: names
			.filter(name => name.endsWith('.sock') && labName.test(name.slice(0, -5)))
			.map(name => name.slice(0, -5)),
		unfinished: names.filter(name => /^[a-z0-9-]{1,16}\.sock\.[0-9a-f]{6}$/.test(name)).map(name => join(folder, name)),
	};
}
