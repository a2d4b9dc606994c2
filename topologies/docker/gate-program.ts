// What the first process of a container is before it is the image's program: it waits at the gate until the lab says that
// links and rules are there, and then becomes that program (execve(2)), with the same number, user, environment and
// descriptors. So no program starts without its network, and none before what must stop it. Docker has no such word:
// a container that holds the namespace for another, as Kubernetes has it, takes a second start of each, over half as long
// again. A gate takes nothing: it is a few instructions, shared by all containers of a lab.
import {codeWords, elfProgram, type ProgramMachine} from './elf-program.ts';

/** Printed to stderr where none of the files can be run; the exit code is 127 then, as a shell's. */
const message = Buffer.from('firebreak: the image has no such program, or it is not one of this machine\n');

/**
 * Asks each 5 ms for the flags of eth0 (netdevice(7), SIOCGIFFLAGS) until IFF_DYNAMIC, 0x8000, is among them. Then tries
 * its arguments as files, in order, up to one that is empty; what follows that one is the program's argv.
 */
const code: Readonly<Record<ProgramMachine, Buffer>> = {
	x64: Buffer.from([
		...[0x48, 0x89, 0xe3], // mov rbx,rsp
		...[0x48, 0x83, 0xec, 0x40], // sub rsp,0x40
		...[0xb8, 0x29, 0x00, 0x00, 0x00], // mov eax,socket
		...[0xbf, 0x02, 0x00, 0x00, 0x00], // mov edi,AF_INET
		...[0xbe, 0x02, 0x00, 0x08, 0x00], // mov esi,SOCK_DGRAM|SOCK_CLOEXEC
		...[0x31, 0xd2], // xor edx,edx
		...[0x0f, 0x05], // syscall
		...[0x41, 0x89, 0xc4], // mov r12d,eax
		...[0xb8, 0x65, 0x74, 0x68, 0x30], // mov eax,'eth0'
		...[0x48, 0x89, 0x04, 0x24], // mov QWORD PTR [rsp],rax
		...[0xb8, 0x10, 0x00, 0x00, 0x00], // wait: mov eax,ioctl
		...[0x44, 0x89, 0xe7], // mov edi,r12d
		...[0xbe, 0x13, 0x89, 0x00, 0x00], // mov esi,SIOCGIFFLAGS
		...[0x48, 0x89, 0xe2], // mov rdx,rsp
		...[0x0f, 0x05], // syscall
		...[0x85, 0xc0], // test eax,eax
		...[0x75, 0x07], // jne sleep
		...[0xf6, 0x44, 0x24, 0x11, 0x80], // test BYTE PTR [rsp+0x11],IFF_DYNAMIC>>8
		...[0x75, 0x22], // jne go
		...[0x48, 0xc7, 0x44, 0x24, 0x28, 0x00, 0x00, 0x00, 0x00], // sleep: mov QWORD PTR [rsp+0x28],0x0
		...[0x48, 0xc7, 0x44, 0x24, 0x30, 0x40, 0x4b, 0x4c, 0x00], // mov QWORD PTR [rsp+0x30],5000000
		...[0x48, 0x8d, 0x7c, 0x24, 0x28], // lea rdi,[rsp+0x28]
		...[0x31, 0xf6], // xor esi,esi
		...[0xb8, 0x23, 0x00, 0x00, 0x00], // mov eax,nanosleep
		...[0x0f, 0x05], // syscall
		...[0xeb, 0xc1], // jmp wait
		...[0x48, 0x8b, 0x03], // go: mov rax,QWORD PTR [rbx]
		...[0x48, 0x8d, 0x54, 0xc3, 0x10], // lea rdx,[rbx+rax*8+0x10]
		...[0x4c, 0x8d, 0x6b, 0x10], // lea r13,[rbx+0x10]
		...[0x4c, 0x89, 0xee], // mov rsi,r13
		...[0x48, 0x8b, 0x06], // find: mov rax,QWORD PTR [rsi]
		...[0x48, 0x83, 0xc6, 0x08], // add rsi,0x8
		...[0x80, 0x38, 0x00], // cmp BYTE PTR [rax],0x0
		...[0x75, 0xf4], // jne find
		...[0x49, 0x8b, 0x7d, 0x00], // try: mov rdi,QWORD PTR [r13+0x0]
		...[0x80, 0x3f, 0x00], // cmp BYTE PTR [rdi],0x0
		...[0x74, 0x0d], // je fail
		...[0xb8, 0x3b, 0x00, 0x00, 0x00], // mov eax,execve
		...[0x0f, 0x05], // syscall
		...[0x49, 0x83, 0xc5, 0x08], // add r13,0x8
		...[0xeb, 0xea], // jmp try
		...[0xb8, 0x01, 0x00, 0x00, 0x00], // fail: mov eax,write
		...[0xbf, 0x02, 0x00, 0x00, 0x00], // mov edi,0x2
		...[0x48, 0x8d, 0x35, 0x13, 0x00, 0x00, 0x00], // lea rsi,message
		...[0xba, 0x4b, 0x00, 0x00, 0x00], // mov edx,75: bytes of the message
		...[0x0f, 0x05], // syscall
		...[0xbf, 0x7f, 0x00, 0x00, 0x00], // mov edi,127
		...[0xb8, 0x3c, 0x00, 0x00, 0x00], // mov eax,exit
		...[0x0f, 0x05], // syscall,
		...message,
	]),
	arm64: Buffer.concat([
		codeWords(
			0x910003f3, // mov x19, sp
			0xd10103ff, // sub sp, sp, #0x40
			0xd2800040, // mov x0, AF_INET
			0xd2800041, // mov x1, SOCK_DGRAM
			0xf2a00101, // movk x1, SOCK_CLOEXEC>>16, lsl #16
			0xd2800002, // mov x2, #0x0
			0xd28018c8, // mov x8, socket
			0xd4000001, // svc #0x0
			0x2a0003f4, // mov w20, w0
			0x528e8ca9, // mov w9, 'et'
			0x72a60d09, // movk w9, 'h0', lsl #16
			0xf90003e9, // str x9, [sp]
			0x2a1403e0, // wait: mov w0, w20
			0xd2912261, // mov x1, SIOCGIFFLAGS
			0x910003e2, // mov x2, sp
			0xd28003a8, // mov x8, ioctl
			0xd4000001, // svc #0x0
			0x35000060, // cbnz w0, sleep
			0x394047e9, // ldrb w9, [sp, #17]
			0x37380129, // tbnz w9, IFF_DYNAMIC, go
			0xd2896809, // sleep: mov x9, 5000000
			0xf2a00989, // movk x9, …, lsl #16
			0xa902a7ff, // stp xzr, x9, [sp, #40]
			0x9100a3e0, // add x0, sp, #0x28
			0xd2800001, // mov x1, #0x0
			0xd2800ca8, // mov x8, nanosleep
			0xd4000001, // svc #0x0
			0x17fffff1, // b wait
			0xf9400269, // go: ldr x9, [x19]
			0x91004275, // add x21, x19, #0x10
			0x8b090eb6, // add x22, x21, x9, lsl #3
			0xaa1503f7, // mov x23, x21
			0xf84086e9, // find: ldr x9, [x23], #8
			0x39400129, // ldrb w9, [x9]
			0x35ffffc9, // cbnz w9, find
			0xf84086a0, // try: ldr x0, [x21], #8
			0x39400009, // ldrb w9, [x0]
			0x340000c9, // cbz w9, fail
			0xaa1703e1, // mov x1, x23
			0xaa1603e2, // mov x2, x22
			0xd2801ba8, // mov x8, execve
			0xd4000001, // svc #0x0
			0x17fffff9, // b try
			0xd2800040, // fail: mov x0, #0x2
			0x100000e1, // adr x1, msg
			0xd2800962, // mov x2, #75: bytes of the message
			0xd2800808, // mov x8, write
			0xd4000001, // svc #0x0
			0xd2800fe0, // mov x0, 127
			0xd2800ba8, // mov x8, exit
			0xd4000001, // svc #0x0
		),
		message,
	]),
};

/** A static ELF executable. */
export const gateProgram = (machine: ProgramMachine): Buffer => elfProgram(machine, code[machine]);
