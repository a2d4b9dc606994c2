// The one door to the C library, through koffi. It is loaded at the first call and never by an import.
// Every function is a system call as its man page (section 2) has it; buffers are passed as they are.
import {createRequire} from 'node:module';
import {FirebreakError} from '../core/model/failure.ts';

type Koffi = typeof import('koffi');
type Value = number | bigint | Buffer | string | null;
type Call = (...values: Value[]) => number;

export interface Libc {
	readonly setns: Call;
	readonly sethostname: Call;
	readonly open: Call;
	readonly close: Call;
	readonly dup: Call;
	readonly socket: Call;
	readonly bind: Call;
	readonly connect: Call;
	readonly listen: Call;
	readonly accept4: Call;
	readonly setsockopt: Call;
	readonly getsockopt: Call;
	readonly getsockname: Call;
	readonly sendto: Call;
	readonly recvfrom: Call;
	readonly poll: Call;
	readonly epoll_create1: Call;
	readonly epoll_ctl: Call;
	readonly epoll_wait: Call;
	readonly eventfd: Call;
	readonly prctl: Call;
	/** prctl(2) with PR_SET_SECCOMP: a program of 8 bytes an instruction, for this thread and all that it starts. */
	filterCalls(program: Buffer): number;
	/** `epoll_wait` on a thread of libuv's pool: resolves to its return value, negative errno on failure. */
	epollWaitAsync(epoll: number, events: Buffer, most: number, timeoutMs: number): Promise<number>;
	/** Memory that the kernel shares by a descriptor (mmap(2), MAP_SHARED); it stays mapped while this process lives. @throws SystemCallError */
	mapShared(fd: number, bytes: number): ArrayBuffer;
	/** errno of the last call of this thread. */
	errno(): number;
}

const signatures = {
	setns: 'int setns(int, int)',
	sethostname: 'int sethostname(const char *, size_t)',
	open: 'int open(const char *, int)',
	close: 'int close(int)',
	socket: 'int socket(int, int, int)',
	bind: 'int bind(int, const void *, uint32_t)',
	connect: 'int connect(int, const void *, uint32_t)',
	listen: 'int listen(int, int)',
	accept4: 'int accept4(int, void *, void *, int)',
	dup: 'int dup(int)',
	setsockopt: 'int setsockopt(int, int, int, const void *, uint32_t)',
	getsockopt: 'int getsockopt(int, int, int, void *, void *)',
	getsockname: 'int getsockname(int, void *, void *)',
	sendto: 'long sendto(int, const void *, size_t, int, const void *, uint32_t)',
	recvfrom: 'long recvfrom(int, void *, size_t, int, void *, void *)',
	poll: 'int poll(void *, unsigned long, int)',
	epoll_create1: 'int epoll_create1(int)',
	epoll_ctl: 'int epoll_ctl(int, int, int, const void *)',
	epoll_wait: 'int epoll_wait(int, void *, int, int)',
	eventfd: 'int eventfd(unsigned int, int)',
	prctl: 'int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)',
} as const;

const PR_SET_SECCOMP = 22;
const SECCOMP_MODE_FILTER = 2;
const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;

let loaded: Libc | undefined;

/**
 * @throws FirebreakError `no-koffi` where the native library is not installed or does not fit this machine
 */
export function libc(): Libc {
	loaded ??= load();
	return loaded;
}

function load(): Libc {
	const koffi = requireKoffi();
	const library = koffi.load('libc.so.6');
	const calls = Object.fromEntries(
		Object.entries(signatures).map(([name, signature]) => [name, library.func(signature)]),
	) as unknown as Record<keyof typeof signatures, Call & {async: (...values: unknown[]) => void}>;
	const program = koffi.struct({len: 'uint16_t', filter: 'void *'});
	const filter = library.func('prctl', 'int', ['int', 'unsigned long', koffi.pointer(program)]);
	const mmap = library.func('void *mmap(void *, size_t, int, int, int, long)') as (...values: Value[]) => bigint;
	return {
		...calls,
		filterCalls: text => filter(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len: text.length / 8, filter: text}) as number,
		errno: () => koffi.errno(),
		mapShared(fd, bytes) {
			const address = mmap(null, bytes, PROT_READ_WRITE, MAP_SHARED, fd, 0);
			if (BigInt.asIntN(64, address) === -1n) throw new SystemCallError('mmap', koffi.errno());
			return koffi.view(address, bytes) as ArrayBuffer;
		},
		epollWaitAsync: (epoll, events, most, timeoutMs) =>
			new Promise((resolve, reject) =>
				calls.epoll_wait.async(epoll, events, most, timeoutMs, (error: Error | null, count: number) =>
					error === null ? resolve(count) : reject(error),
				),
			),
	};
}

function requireKoffi(): Koffi {
	try {
		return createRequire(import.meta.url)('koffi') as Koffi;
	} catch (cause) {
		throw new FirebreakError(
			'no-koffi',
			'the native library koffi cannot be loaded here',
			'npm install koffi, on Linux x64 or arm64; without it: --model-only',
			{},
			cause,
		);
	}
}

/** Names of the errors that the lab meets (errno-base.h, errno.h); others print as `errno 71`. */
const errorNames: Readonly<Record<number, string>> = {
	1: 'EPERM',
	2: 'ENOENT',
	9: 'EBADF',
	11: 'EAGAIN',
	13: 'EACCES',
	22: 'EINVAL',
	24: 'EMFILE',
	28: 'ENOSPC',
	97: 'EAFNOSUPPORT',
	98: 'EADDRINUSE',
	99: 'EADDRNOTAVAIL',
	100: 'ENETDOWN',
	101: 'ENETUNREACH',
	104: 'ECONNRESET',
	105: 'ENOBUFS',
	106: 'EISCONN',
	110: 'ETIMEDOUT',
	111: 'ECONNREFUSED',
	112: 'EHOSTDOWN',
	113: 'EHOSTUNREACH',
	115: 'EINPROGRESS',
};
export const errnoName = (errno: number): string => errorNames[errno] ?? `errno ${errno}`;

/** The value of a call that must not fail. @throws Error with call and errno: a bug, or a machine that cannot */
export function must(call: keyof typeof signatures, ...values: Value[]): number {
	const result = libc()[call](...values);
	if (result < 0) throw new SystemCallError(call, libc().errno());
	return result;
}

export class SystemCallError extends Error {
	readonly call: string;
	readonly errno: number;
	constructor(call: string, errno: number) {
		super(`${call}: ${errnoName(errno)}`);
		this.name = 'SystemCallError';
		this.call = call;
		this.errno = errno;
	}
}
