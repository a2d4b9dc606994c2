// A program of a few instructions as a file that Linux runs: an image or a container gets it without compiler or registry.

/** Machines for which there are programs, as `process.arch` has them. */
export type ProgramMachine = 'x64' | 'arm64';

export const isProgramMachine = (machine: string): machine is ProgramMachine =>
	machine === 'x64' || machine === 'arm64';

/** `e_machine` of elf(5). */
const elfMachines: Readonly<Record<ProgramMachine, number>> = {x64: 62, arm64: 183};
const base = 0x400000;
const headers = 64 + 56;

/** A static ELF executable of one segment, that can be read and run but not written. Source: elf(5), "ELF header" and "Program header". */
export function elfProgram(machine: ProgramMachine, code: Buffer): Buffer {
	const size = headers + code.length;
	const head = Buffer.alloc(headers);
	// Magic, 64 bits, little endian, version 1.
	Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(head);
	head.writeUInt16LE(2, 16); // ET_EXEC
	head.writeUInt16LE(elfMachines[machine], 18);
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

/** 32-bit words in the machine's order. */
export function codeWords(...list: readonly number[]): Buffer {
	const code = Buffer.alloc(list.length * 4);
	for (const [at, word] of list.entries()) code.writeUInt32LE(word, at * 4);
	return code;
}
