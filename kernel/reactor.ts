// One epoll for every socket that is not Node's: listeners, probes, logs. While something measures, it is pumped by
// hand; otherwise a thread of libuv's pool waits for it.
import {libc, must, SystemCallError} from './libc.ts';

const EPOLL_CLOEXEC = 0o2000000;
const CTL = {add: 1, del: 2} as const;
export const readable = 1;
const most = 512;
/** struct epoll_event is packed on x86-64 only (epoll_ctl(2)). */
const layout = process.arch === 'x64' ? {size: 12, data: 4} : {size: 16, data: 8};
const EINTR = 4;

export interface Reactor extends AsyncDisposable {
	/** Calls `onReadable` whenever `fd` can be read (level-triggered: read until EAGAIN). Returns the undo. */
	watch(fd: number, onReadable: () => void): () => void;
	/** Handles what is ready now, waiting at most `timeoutMs`; the number of descriptors served. */
	pump(timeoutMs: number): number;
}

/** Starts the reactor; it keeps the process alive until disposed. */
export function startReactor(): Reactor {
	const epoll = must('epoll_create1', EPOLL_CLOEXEC);
	const callbacks = new Map<number, () => void>();
	let lastToken = 0;
	let running = true;
	const own = Buffer.alloc(layout.size * most);
	const pooled = Buffer.alloc(layout.size * most);

	const serve = (events: Buffer, count: number): void => {
		for (let at = 0; at < count; at++) callbacks.get(events.readUInt32LE(at * layout.size + layout.data))?.();
	};
	const waiting = (async () => {
		while (running) {
			const count = await libc().epollWaitAsync(epoll, pooled, most, 200);
			if (running && count > 0) serve(pooled, count);
		}
	})();

	return {
		watch(fd, onReadable) {
			const token = ++lastToken;
			const event = Buffer.alloc(layout.size);
			event.writeUInt32LE(readable, 0);
			event.writeUInt32LE(token, layout.data);
			must('epoll_ctl', epoll, CTL.add, fd, event);
			callbacks.set(token, onReadable);
			return () => {
				if (callbacks.delete(token)) libc().epoll_ctl(epoll, CTL.del, fd, event);
			};
		},
		pump(timeoutMs) {
			const count = libc().epoll_wait(epoll, own, most, timeoutMs);
			if (count < 0) {
				const errno = libc().errno();
				if (errno === EINTR) return 0;
				throw new SystemCallError('epoll_wait', errno);
			}
			serve(own, count);
			return count;
		},
		async [Symbol.asyncDispose]() {
			if (!running) return;
			running = false;
			await waiting;
			libc().close(epoll);
		},
	};
}
