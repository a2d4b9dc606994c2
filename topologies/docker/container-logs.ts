// The last lines that a container's program printed.
import type Docker from 'dockerode';

const lines = 5;
const header = 8;

/** In order, both streams; empty where it printed nothing, or where its output goes elsewhere. */
export async function lastLines(docker: Docker, container: string): Promise<readonly string[]> {
	const bytes = await docker
		.getContainer(container)
		.logs({stdout: true, stderr: true, tail: lines})
		.catch(() => Buffer.alloc(0));
	return payload(Buffer.isBuffer(bytes) ? bytes : Buffer.from(String(bytes)))
		.split('\n')
		.map(line => line.trim())
		.filter(Boolean);
}

/** Without the frames that Docker puts around the output of a program that has no terminal. Source: Docker API, "ContainerAttach", stream format. */
export function payload(bytes: Buffer): string {
	const parts: Buffer[] = [];
	let at = 0;
	while (at + header <= bytes.length && bytes[at]! <= 2 && bytes.readUIntBE(at + 1, 3) === 0) {
		const size = bytes.readUInt32BE(at + 4);
		parts.push(bytes.subarray(at + header, at + header + size));
		at += header + size;
	}
	return Buffer.concat([...parts, bytes.subarray(at)]).toString('utf8');
}
