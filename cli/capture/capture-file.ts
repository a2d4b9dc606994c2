// A capture in a file that Wireshark and tcpdump read, or on stdout. Whatever ends it, the file ends with a whole block.
import {statSync} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {
	commented,
	interfaceDescription,
	interfaceStatistics,
	nameResolution,
	sectionHeader,
	type TapStatistics,
} from '../../core/capture/pcapng.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import {WordsError} from '../failure.ts';

export interface CaptureHead {
	readonly comment: string;
	readonly application: string;
	readonly snaplen: number;
	readonly taps: readonly {readonly name: string; readonly description: string}[];
	readonly names: readonly {readonly address: string; readonly name: string}[];
}

export interface CaptureFile {
	/** Bytes so far. */
	readonly bytes: number;
	/** A packet's block; written some time before `drained` resolves. */
	add(block: Uint8Array, comment: string | null): void;
	/** @throws FirebreakError `cannot-write` where the disk is full */
	drained(): Promise<void>;
	/** Writes what is left, and the counts, and closes it. @throws FirebreakError `cannot-write` */
	end(statistics: readonly TapStatistics[]): Promise<void>;
}

/** Where bytes go; each write is whole, or throws. */
interface Target {
	write(blocks: Buffer): Promise<void>;
	close(): Promise<void>;
}

/**
 * Makes the file, and writes what it begins with. `-` is stdout.
 *
 * @throws WordsError where something is there and not to be overwritten; FirebreakError `cannot-write`
 */
export async function openCaptureFile(
	path: string,
	overwrite: 'force' | 'never',
	head: CaptureHead,
): Promise<CaptureFile> {
	const target = path === '-' ? standardOutput : await openTarget(path, overwrite);
	let waiting: Uint8Array[] = [];
	let bytes = 0;
	let failure: FirebreakError | undefined;
	let turn = Promise.resolve();
	const put = (block: Uint8Array): void => void waiting.push(block);
	const flush = async (): Promise<void> => {
		if (failure !== undefined) throw failure;
		const batch = Buffer.concat(waiting);
		waiting = [];
		if (batch.length === 0) return;
		try {
			await target.write(batch);
			bytes += batch.length;
		} catch (error) {
			failure = cannotWrite(path, error);
			throw failure;
		}
	};
	const drained = (): Promise<void> => {
		const done = turn.then(flush);
		turn = done.catch(() => undefined);
		return done;
	};
	put(sectionHeader(head));
	for (const tap of head.taps) put(interfaceDescription({...tap, snaplen: head.snaplen}));
	put(nameResolution(head.names));
	await drained();
	return {
		get bytes() {
			return bytes;
		},
		add: (block, comment) => put(comment === null ? block : commented(block, comment)),
		drained,
		async end(statistics) {
			try {
				for (const one of statistics) put(interfaceStatistics(one));
				await drained();
			} finally {
				await target.close();
			}
		},
	};
}

const standardOutput: Target = {
	write: bytes =>
		new Promise((taken, failed) => void process.stdout.write(bytes, error => (error ? failed(error) : taken()))),
	close: async () => undefined,
};

async function openTarget(path: string, overwrite: 'force' | 'never'): Promise<Target> {
	// Somebody reads a pipe at its other end: there is nothing to overwrite.
	const special = statSync(path, {throwIfNoEntry: false})?.isFile() === false;
	const handle = await open(path, overwrite === 'force' || special ? 'w' : 'wx').catch(error => {
		if (error.code === 'EEXIST')
			throw new WordsError(
				`${plainWord(path)} is there already: nothing was captured`,
				'name another file, or --force',
			);
		throw cannotWrite(path, error);
	});
	return {write: blocks => writeWhole(handle, blocks), close: () => handle.close()};
}

/** Where a full disk takes a part of a block, that is taken back: the file ends where a block does. */
async function writeWhole(handle: FileHandle, blocks: Buffer): Promise<void> {
	const stats = await handle.stat();
	let written = 0;
	try {
		while (written < blocks.length) written += (await handle.write(blocks, written)).bytesWritten;
	} catch (error) {
		if (stats.isFile()) await handle.truncate(stats.size + wholeBlocks(blocks, written)).catch(() => undefined);
		throw error;
	}
}

/** How many of the first `most` bytes are blocks that are whole. */
function wholeBlocks(blocks: Buffer, most: number): number {
	let at = 0;
	while (at + 8 <= most && at + blocks.readUInt32LE(at + 4) <= most) at += blocks.readUInt32LE(at + 4);
	return at;
}

const cannotWrite = (path: string, cause: unknown): FirebreakError => {
	const {code, message} = cause as NodeJS.ErrnoException;
	return new FirebreakError(
		'cannot-write',
		code === 'ENOSPC'
			? `there is no room left for ${plainWord(path)}: it ends with the packets before`
			: `${plainWord(path)} cannot be written: ${message}`,
		code === 'ENOSPC'
			? 'make room, or keep less of each packet: --snaplen 128'
			: 'name a file in a folder that is yours',
		{path},
		cause,
	);
};
