// One epoll for every socket that is not Node's: listeners, probes, logs. While something measures, it is pumped by
// hand; otherwise a thread of libuv's pool waits for it.
import {writeSync} from 'node:fs';
import {libc, must, SystemCallError} from './libc.ts';

const EPOLL_CLOEXEC = 0o2000000;
const EFD_CLOEXEC = 0o2000000;
const CTL = {add: 1, del: 2, mod: 3} as const;
export const readable = 1;
/** Says once, and then nothing until it is armed again. */
const oneShot = 1 << 30;
const most = 512;
/** struct epoll_event is packed on x86-64 only (epoll_ctl(2)). */
const layout = process.arch === 'x64' ? {size: 12, data: 4} : {size: 16, data: 8};
const EINTR = 4;

export interface Reactor extends AsyncDisposable {
	/** Calls `onReadable` whenever `fd` can be read (level-triggered: read until EAGAIN). Returns the undo. */
	watch(fd: number, onReadable: () => void): () => void;
	/** Handles what is ready now, waiting at most `timeoutMs`; the number of descriptors served. */
	pump(timeoutMs: number): number;
	/** From now on whoever asked pumps by hand, and the thread waits for nothing. Returns the undo. */
	hold(): () => void;
}

/** Starts the reactor; it keeps the process alive until disposed. */
export function startReactor(): Reactor {
	const epoll = must('epoll_create1', EPOLL_CLOEXEC);
	const gate = createGate(epoll);
	const callbacks = new Map<number, () => void>();
	const events = Buffer.alloc(layout.size * most);
	let lastToken = 0;
	let holders = 0;
	let running = true;

	const pump = (timeoutMs: number): number => {
		const count = libc().epoll_wait(epoll, events, most, timeoutMs);
		if (count < 0) {
			const errno = libc().errno();
			if (errno === EINTR) return 0;
			throw new SystemCallError('epoll_wait', errno);
		}
		for (let at = 0; at < count; at++) callbacks.get(events.readUInt32LE(at * layout.size + layout.data))?.();
		return count;
	};
	// A process that ends waits for its threads.
	process.once('exit', gate.open);
	const waiting = (async () => {
		while (running) {
			if ((await gate.opened()) <= 0 || !running) continue;
			pump(0);
			if (holders === 0) gate.arm();
		}
	})();

	return {
		watch(fd, onReadable) {
			const token = ++lastToken;
			const event = eventOf(readable, token);
			must('epoll_ctl', epoll, CTL.add, fd, event);
			callbacks.set(token, onReadable);
			return () => {
				if (callbacks.delete(token)) libc().epoll_ctl(epoll, CTL.del, fd, event);
			};
		},
		pump,
		hold() {
			holders++;
			let released = false;
			return () => {
				if (released) return;
				released = true;
				if (--holders === 0 && running) gate.arm();
			};
		},
		async [Symbol.asyncDispose]() {
			if (!running) return;
			running = false;
			process.off('exit', gate.open);
			gate.open();
			await waiting;
			gate.close();
			libc().close(epoll);
		},
	};
}

/**
 * What the thread waits for: the epoll, once each time it is armed, and a bell. So it sleeps while events are taken by
 * hand, and ends at once. Source: epoll(7) "nested", eventfd(2).
 */
function createGate(epoll: number) {
	const outer = must('epoll_create1', EPOLL_CLOEXEC);
	const bell = must('eventfd', 0, EFD_CLOEXEC);
	const event = Buffer.alloc(layout.size);
	must('epoll_ctl', outer, CTL.add, bell, eventOf(readable, 0));
	must('epoll_ctl', outer, CTL.add, epoll, eventOf(readable | oneShot, 0));
	return {
		opened: () => libc().epollWaitAsync(outer, event, 1, 200),
		arm: () => void must('epoll_ctl', outer, CTL.mod, epoll, eventOf(readable | oneShot, 0)),
		open: () => void writeSync(bell, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])),
		close() {
			libc().close(outer);
			libc().close(bell);
		},
	};
}

function eventOf(flags: number, token: number): Buffer {
	const event = Buffer.alloc(layout.size);
	event.writeUInt32LE(flags, 0);
	event.writeUInt32LE(token, layout.data);
	return event;
}
