// What no namespace keeps apart, forbidden by a filter of system calls.
import {libc, must, SystemCallError} from './libc.ts';

/** Numbers of linux/unistd.h, and the architecture as linux/audit.h has it. */
const numbers = {
	x64: {audit: 0xc000003e, socket: 41, keyrings: [248, 249, 250], handles: [303, 304], uring: 425},
	arm64: {audit: 0xc00000b7, socket: 198, keyrings: [217, 218, 219], handles: [264, 265], uring: 425},
} as const;
const AF_VSOCK = 40;
const PR_SET_NO_NEW_PRIVS = 38;
const [EPERM, ENOSYS, EAFNOSUPPORT] = [1, 38, 97];
/** x32 calls have it in their number, and are another set of them (syscall(2)). */
const x32 = 0x40000000;

const load = (offset: number) => [0x20, 0, 0, offset] as const;
const unlessEqual = (value: number, skip: number) => [0x15, 0, skip, value] as const;
const unlessAtLeast = (value: number, skip: number) => [0x35, 0, skip, value] as const;
const ifEqual = (value: number, skip: number) => [0x15, skip, 0, value] as const;
const refuse = (errno: number) => [0x06, 0, 0, 0x00050000 | errno] as const;
const allow = [0x06, 0, 0, 0x7fff0000] as const;
/** Of struct seccomp_data. */
const offset = {number: 0, architecture: 4, firstArgument: 16} as const;

/**
 * From now on this thread, and all that it starts, can make no socket to the machine's hypervisor (AF_VSOCK, which knows no
 * network namespaces), reach no keyring of whoever started it, open no file by a handle, and make no io_uring, which could do
 * any of this unseen by a filter. Programs for another processor than this one's (32 bits) get no system call at all. Nor
 * does set-user-id mean anything to what it starts. There is no way back.
 *
 * Source: seccomp(2), prctl(2) PR_SET_NO_NEW_PRIVS.
 *
 * @throws Error where the kernel has no such filters
 */
export function filterCalls(): void {
	must('prctl', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (libc().filterCalls(program()) < 0) throw new SystemCallError('prctl', libc().errno());
}

function program(): Buffer {
	const {audit, socket, keyrings, handles, uring} = numbers[process.arch as keyof typeof numbers];
	const instructions = [
		load(offset.architecture),
		ifEqual(audit, 1),
		refuse(ENOSYS),
		load(offset.number),
		unlessAtLeast(x32, 1),
		refuse(ENOSYS),
		...[...keyrings, ...handles].flatMap(number => [unlessEqual(number, 1), refuse(EPERM)]),
		unlessEqual(uring, 1),
		refuse(ENOSYS),
		unlessEqual(socket, 3),
		load(offset.firstArgument),
		unlessEqual(AF_VSOCK, 1),
		refuse(EAFNOSUPPORT),
		allow,
	];
	const text = Buffer.alloc(instructions.length * 8);
	for (const [at, [code, ifTrue, ifFalse, value]] of instructions.entries()) {
		text.writeUInt16LE(code, at * 8);
		text.writeUInt8(ifTrue, at * 8 + 2);
		text.writeUInt8(ifFalse, at * 8 + 3);
		text.writeUInt32LE(value, at * 8 + 4);
	}
	return text;
}
