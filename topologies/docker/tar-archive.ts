// A tar archive in memory, of the few entries that an image needs.

export type TarEntry = {readonly path: string; readonly mode: number} & (
	| {readonly kind: 'file'; readonly bytes: Buffer}
	| {readonly kind: 'link'; readonly to: string}
	| {readonly kind: 'folder'}
);

const types = {file: '0', link: '2', folder: '5'} as const;
const block = 512;

/** All of root's, of no time, so that equal entries give equal bytes. Paths of at most 100 bytes. Source: POSIX pax, "ustar". */
export const tarArchive = (entries: readonly TarEntry[]): Buffer =>
	Buffer.concat([...entries.flatMap(entryBlocks), Buffer.alloc(2 * block)]);

function entryBlocks(entry: TarEntry): readonly Buffer[] {
	const bytes = entry.kind === 'file' ? entry.bytes : Buffer.alloc(0);
	const head = Buffer.alloc(block);
	head.write(entry.path, 0);
	head.write(octal(entry.mode, 8), 100);
	head.write(octal(0, 8), 108);
	head.write(octal(0, 8), 116);
	head.write(octal(bytes.length, 12), 124);
	head.write(octal(0, 12), 136);
	head.write(' '.repeat(8), 148);
	head.write(types[entry.kind], 156);
	if (entry.kind === 'link') head.write(entry.to, 157);
	head.write('ustar\0' + '00', 257);
	const sum = head.reduce((total, byte) => total + byte, 0);
	head.write(`${octal(sum, 7)}\0 `, 148);
	return [head, bytes, Buffer.alloc((block - (bytes.length % block)) % block)];
}

/** Padded with zeros to fill `size` with its NUL. */
const octal = (value: number, size: number): string => `${value.toString(8).padStart(size - 1, '0')}`;
