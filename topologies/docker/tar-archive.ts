// Tar archives: of the few entries that an image of our own needs, and of a folder on its way to Docker.

export type TarEntry = {readonly path: string; readonly mode: number} & (
	| {readonly kind: 'file'; readonly bytes: Buffer}
	| {readonly kind: 'link'; readonly to: string}
	| {readonly kind: 'folder'}
);

const types = {file: '0', link: '2', folder: '5', extended: 'x'} as const;
const block = 512;
const longest = 100;

/** All of root's, of no time, so that equal entries give equal bytes. Source: POSIX pax, "ustar" and "pax Header Block". */
export const tarArchive = (entries: readonly TarEntry[]): Buffer =>
	Buffer.concat([
		...entries.flatMap(entry => {
			const bytes = entry.kind === 'file' ? entry.bytes : Buffer.alloc(0);
			return [tarHead(entry, bytes.length), bytes, tarPadding(bytes.length)];
		}),
		tarEnd,
	]);

export const tarEnd = Buffer.alloc(2 * block);

/** What stands behind so many bytes of a file. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((block - (size % block)) % block);

/** What stands before an entry. Names of over 100 bytes have a header of their own, and there the beginning stands for them. */
export function tarHead(
	entry: Pick<TarEntry, 'path' | 'mode' | 'kind'> & {readonly to?: string},
	size: number,
): Buffer {
	const {path, to = ''} = entry;
	const isLong = (name: string): boolean => Buffer.byteLength(name) > longest;
	const records = Buffer.concat([
		...(isLong(path) ? [paxRecord('path', path)] : []),
		...(isLong(to) ? [paxRecord('linkpath', to)] : []),
	]);
	const own = headBlock({type: entry.kind, path, mode: entry.mode, to, size});
	if (records.length === 0) return own;
	const before = headBlock({type: 'extended', path: 'pax', mode: 0o644, to: '', size: records.length});
	return Buffer.concat([before, records, tarPadding(records.length), own]);
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
	const rest = Buffer.from(` ${key}=${value}\n`);
	let length = rest.length + 1;
	while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
	return Buffer.concat([Buffer.from(String(length)), rest]);
}

interface Head {
	readonly type: keyof typeof types;
	readonly path: string;
	readonly mode: number;
	readonly to: string;
	readonly size: number;
}

function headBlock({type, path, mode, to, size}: Head): Buffer {
	const head = Buffer.alloc(block);
	head.write(path, 0, longest);
	head.write(octal(mode, 8), 100);
	head.write(octal(0, 8), 108);
	head.write(octal(0, 8), 116);
	head.write(octal(size, 12), 124);
	head.write(octal(0, 12), 136);
	head.write(' '.repeat(8), 148);
	head.write(types[type], 156);
	head.write(to, 157, longest);
	head.write('ustar\0' + '00', 257);
	const sum = head.reduce((total, byte) => total + byte, 0);
	head.write(`${octal(sum, 7)}\0 `, 148);
	return head;
}

/** Padded with zeros to fill `size` with its NUL. */
const octal = (value: number, size: number): string => `${value.toString(8).padStart(size - 1, '0')}`;
