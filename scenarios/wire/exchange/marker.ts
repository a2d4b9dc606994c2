// The exploit of the lab: a marked request. It means nothing to any program in the world but a speaker of the lab
// whose service is weak in the running scenario, and that answers with a shell line and a HostView.
import {createHash} from 'node:crypto';
import {deflateRawSync, inflateRawSync} from 'node:zlib';

/** What the attacker sends: one line over tcp, one datagram over udp. */
export const marker = Buffer.from('firebreak-marked-request: has a meaning only inside a Firebreak lab\n');

/** The first line of a weak service's answer; the HostView follows as one line of JSON. */
export const shellLine = Buffer.from('firebreak-shell\n');

/** The most that is believed of a HostView, in bytes of JSON. */
export const maximumView = 1024 * 1024;

const maximumDatagram = 65_507 - 20;

/** The answer over tcp. */
export const renderShell = (view: string): Buffer => Buffer.concat([shellLine, Buffer.from(`${view}\n`)]);

/** The answer over udp: shell line and deflated JSON, about 7,000 hosts; null where it does not fit into a datagram. */
export function renderShellDatagram(view: string): Buffer | null {
	const bytes = Buffer.concat([shellLine, deflateRawSync(view)]);
	return bytes.length > maximumDatagram ? null : bytes;
}

/** The JSON in such a datagram; null where it is no shell's answer, or too large when inflated. */
export function parseShellDatagram(datagram: Buffer): string | null {
	if (!datagram.subarray(0, shellLine.length).equals(shellLine)) return null;
	try {
		return inflateRawSync(datagram.subarray(shellLine.length), {maxOutputLength: maximumView}).toString('utf8');
	} catch {
		return null;
	}
}

/** What goes before a file: as `marker`, a meaning only where the service is weak in the running scenario. */
export const transferMarker = Buffer.from('firebreak-marked-transfer: has a meaning only inside a Firebreak lab\n');

/** The most that a far end reads of a file, in bytes. */
const maximumFile = 16 * 1024 * 1024;

/** A file behind its marker: length in four bytes, then itself. */
export function renderTransfer(file: Buffer): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(file.length);
	return Buffer.concat([transferMarker, length, file]);
}

/** What is answered to the bytes behind the marker; null while some are missing, undefined where they are too many. */
export function carriedAnswer(bytes: Buffer): Buffer | null | undefined {
	if (bytes.length < 4) return null;
	const length = bytes.readUInt32BE(0);
	if (length > maximumFile || bytes.length > length + 4) return undefined;
	if (bytes.length < length + 4) return null;
	const hash = createHash('sha256').update(bytes.subarray(4)).digest('hex');
	return Buffer.from(`${carriedWord}${hash} ${length}\n`);
}

const carriedWord = 'firebreak-carried ';

/** Hash and length in such an answer; null for any other line. */
export const parseCarried = (line: string): string | null =>
	line.startsWith(carriedWord) && line.endsWith('\n') ? line.slice(carriedWord.length) : null;
