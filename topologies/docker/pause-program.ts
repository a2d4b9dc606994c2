// The first process of a container that only stands there: a program of a few instructions, in machine code, so that an
// image needs neither a compiler nor a registry. It ignores SIGCHLD, so that what ends in the container leaves no zombie,
// and then waits for ever.
import {codeWords, elfProgram, type ProgramMachine} from './elf-program.ts';

/**
 * `struct sigaction` of the kernel: the handler SIG_IGN (1), then flags, restorer and mask, which are all 0 and therefore
 * may stand in any order. Source: sigaction(2); POSIX, "SIG_IGN of SIGCHLD".
 */
const ignore = Buffer.from([1, ...Array<number>(31).fill(0)]);

const code: Readonly<Record<ProgramMachine, Buffer>> = {
	x64: Buffer.from([
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
	arm64: Buffer.concat([
		codeWords(
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
};

/** A static ELF executable. */
export const pauseProgram = (machine: ProgramMachine): Buffer => elfProgram(machine, code[machine]);
