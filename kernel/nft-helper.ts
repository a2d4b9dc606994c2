// A process of its own for libnftables: it enters a namespace by the engine's descriptor, runs one transaction, and comes
// back. In the engine itself the library would abort (FACTS: select(2) with more than 1,024 descriptors).
import {readFileSync} from 'node:fs';
import {createRequire, flushCompileCache} from 'node:module';
import {libc} from './libc.ts';
import {monotonicMs} from './monotonic.ts';
import {closeNetns, homeNetns, openNetns, withNetns} from './netns.ts';

export interface NftJob {
	/** Descriptor of the namespace in the engine's table. */
	readonly netns: number;
	readonly text: string;
	/** `check` compiles and asks the kernel nothing to keep. */
	readonly mode: 'load' | 'check' | 'read';
}
export interface NftAnswer {
	/** Null when the kernel acknowledged; else what nft says. */
	readonly error: string | null;
	/** What nft printed, for `read`. */
	readonly output: string;
	/** CLOCK_MONOTONIC ms of the acknowledgement: the same clock in every process. */
	readonly atMs: number;
}

/** What goes to a helper, and what comes back: in the order of the jobs. */
export interface NftBatch {
	readonly id: number;
	readonly jobs: readonly NftJob[];
}
export interface NftAnswers {
	readonly id: number;
	readonly answers: readonly NftAnswer[];
}

if (process.send !== undefined && process.argv[2] === 'firebreak-nft-helper') {
	const nft = openLibrary();
	homeNetns();
	let idle: NodeJS.Timeout | undefined;
	process.on('message', ({id, jobs}: NftBatch) => {
		clearTimeout(idle);
		process.send!({id, answers: jobs.map(job => run(nft, job))});
		idle = setTimeout(nft.rest, idleMs);
	});
	process.on('disconnect', () => process.exit(0));
	process.send({id: -1, answers: []} satisfies NftAnswers);
	setImmediate(flushCompileCache);
}

/** So long after a batch the next is likely to be there, if there is one. */
const idleMs = 2;
/** Contexts, and so descriptors, that wait to be closed at most: `select(2)` takes 1,024. */
const mostOpen = 32;
/** A line that deletes something; a comment that looks like one only postpones a close. */
const deletes = /^(delete|flush) /m;

const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SO_PROTOCOL = 38;
const NETLINK_NETFILTER = 12;
/** More than the rules of any fabric; the kernel takes at most `net.core.wmem_max`, and doubles it (socket(7)). */
const sendBuffer = Buffer.alloc(4);
sendBuffer.writeUInt32LE(8 << 20);

/**
 * A transaction is one message, and is no longer than its socket's send buffer. libnftables asks for a larger one by
 * SO_SNDBUFFORCE alone, which is refused in a user namespace; by SO_SNDBUF everybody has twice `net.core.wmem_max`.
 */
function withLargeSend<T>(open: () => T): T {
	const c = libc();
	const next = c.dup(0);
	c.close(next);
	const context = open();
	const [value, length] = [Buffer.alloc(4), Buffer.from([4, 0, 0, 0])];
	for (let fd = next; fd < next + 4; fd++)
		if (c.getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, value, length) === 0 && value.readInt32LE(0) === NETLINK_NETFILTER)
			c.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, sendBuffer, 4);
	return context;
}

let engine: string | undefined;

/** The engine is the parent; by the number that /proc has for it, which may be of another process namespace. Source: proc_pid_stat(5). */
function enginePid(): string {
	if (engine === undefined) {
		const stat = readFileSync('/proc/self/stat', 'latin1');
		engine = stat.slice(stat.lastIndexOf(')') + 4).split(' ', 1)[0]!;
	}
	return engine;
}

interface Nft {
	execute(text: string, mode: NftJob['mode']): Omit<NftAnswer, 'atMs'>;
	/** Closes what was left open; to be called when nothing waits. */
	rest(): void;
}

function run(nft: Nft, {netns, text, mode}: NftJob): NftAnswer {
	try {
		const fd = openNetns(`/proc/${enginePid()}/fd/${netns}`);
		try {
			return {...withNetns(fd, () => nft.execute(text, mode)), atMs: monotonicMs()};
		} finally {
			closeNetns(fd);
		}
	} catch (error) {
		return {error: String(error), output: '', atMs: monotonicMs()};
	}
}

/**
 * Source: libnftables(3). One context for each transaction: it caches the namespace it was made in. To close one waits
 * 7 to 22 ms where its transaction has deleted anything, for RCU, while what it loaded is in force already; and closing
 * the next ones does not wait again. So they are closed together, when nobody waits for an answer.
 */
function openLibrary(): Nft {
	const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
	const library = koffi.load('libnftables.so.1');
	const create = library.func('void *nft_ctx_new(uint32_t)');
	const free = library.func('void nft_ctx_free(void *)');
	const dryRun = library.func('void nft_ctx_set_dry_run(void *, bool)');
	const bufferError = library.func('int nft_ctx_buffer_error(void *)');
	const bufferOutput = library.func('int nft_ctx_buffer_output(void *)');
	const getError = library.func('const char *nft_ctx_get_error_buffer(void *)');
	const getOutput = library.func('const char *nft_ctx_get_output_buffer(void *)');
	const runBuffer = library.func('int nft_run_cmd_from_buffer(void *, const char *)');
	const open: unknown[] = [];
	const rest = (): void => {
		for (const context of open.splice(0)) free(context);
	};
	return {
		rest,
		execute(text, mode) {
			if (open.length >= mostOpen) rest();
			const context = withLargeSend(() => create(0));
			bufferError(context);
			bufferOutput(context);
			dryRun(context, mode === 'check');
			const code = runBuffer(context, text) as number;
			const error = code === 0 ? null : (getError(context) as string) || `nft failed (${code})`;
			const output = mode === 'read' ? (getOutput(context) as string) : '';
			if (deletes.test(text)) open.push(context);
			else free(context);
			return {error, output};
		},
	};
}
