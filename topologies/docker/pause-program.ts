// The first process of a container that only stands there: a program of a few instructions, in machine code, so that an
// image needs neither a compiler nor a registry. It ignores SIGCHLD, so that what ends in the container leaves no zombie,
// and then waits for ever.

/** Machines for which there is one, as `process.arch` has them. */
export type PauseMachine = 'x64' | 'arm64';

interface Machine {
	/** Of elf(5), `e_machine`. */
	readonly elf: number;
	/** Instructions, 32-bit words of a kind; the last 32 bytes are the struct that they point to. */
	readonly code: Buffer;
}

/**
 * `struct sigaction` of the kernel: the handler SIG_IGN (1), then flags, restorer and mask, which are all 0 and therefore
 * may stand in any order. Source: sigaction(2); POSIX, "SIG_IGN of SIGCHLD".
 */
const ignore = Buffer.from([1, ...Array<number>(31).fill(0)]);

const machines: Readonly<Record<PauseMachine, Machine>> = {
	x64: {
		elf: 62,
		code: Buffer.from([
			...[0xb8, 13, 0, 0, 0], // mov eax, rt_sigaction
			...[0xbf, 17, 0, 0, 0], // mov edi, SIGCHLD
			...[0x48, 0x8d, 0x35, 19, 0, 0, 0], // lea rsi, [rip + 19]: the struct
			...[0x31, 0xd2], // xor edx, edx
			...[0x41, 0xba, 8, 0, 0, 0], // mov r10d, 8: bytes of the mask
			...[0x0f, 0x05], // syscall
			...[0xb8, 34, 0, 0, 0], // again: mov eax, pause
			...[0x0f, 0x05], // syscall
			...[0xeb, 0xf7], // jmp again
			...ignore,
		]),
	},
	arm64: {
		elf: 183,
		code: Buffer.concat([
			words(
				0xd28010c8, // mov x8, rt_sigaction
				0xd2800220, // mov x0, SIGCHLD
				0x10000181, // adr x1, the struct
				0xd2800002, // mov x2, 0
				0xd2800103, // mov x3, 8: bytes of the mask
				0xd4000001, // svc 0
				0xd2800928, // again: mov x8, ppoll
				0xd2800000, // mov x0, 0
				0xd2800001, // mov x1, 0
				0xd2800002, // mov x2, 0
				0xd2800003, // mov x3, 0
				0xd4000001, // svc 0
				0x17fffffa, // b again
				0xd503201f, // nop
			),
			ignore,
		]),
	},
};

const base = 0x400000;
const headers = 64 + 56;

/** A static ELF executable. Source: elf(5), "ELF header" and "Program header". */
export function pauseProgram(machine: PauseMachine): Buffer {
	const {elf, code} = machines[machine];
	const size = headers + code.length;
	const head = Buffer.alloc(headers);
	// Magic, 64 bits, little endian, version 1.
	Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(head);
	head.writeUInt16LE(2, 16); // ET_EXEC
	head.writeUInt16LE(elf, 18);
	head.writeUInt32LE(1, 20);
	head.writeBigUInt64LE(BigInt(base + headers), 24); // entry
	head.writeBigUInt64LE(64n, 32); // program headers
	head.writeUInt16LE(64, 52);
	head.writeUInt16LE(56, 54);
	head.writeUInt16LE(1, 56);
	head.writeUInt32LE(1, 64); // PT_LOAD
	head.writeUInt32LE(5, 68); // readable, executable
	head.writeBigUInt64LE(BigInt(base), 80);
	head.writeBigUInt64LE(BigInt(base), 88);
	head.writeBigUInt64LE(BigInt(size), 96);
	head.writeBigUInt64LE(BigInt(size), 104);
	head.writeBigUInt64LE(0x1000n, 112);
	return Buffer.concat([head, code]);
}

function words(...list: readonly number[]): Buffer {
	const code = Buffer.alloc(list.length * 4);
	for (const [at, word] of list.entries()) code.writeUInt32LE(word, at * 4);
	return code;
}
