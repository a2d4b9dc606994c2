// The files of a commit and their contents, as git keeps them: no filter, no attribute and no hook of the repository runs.
import {FirebreakError} from '../core/model/failure.ts';
import {git} from './git.ts';

export interface TreeEntry {
	/** From the top of the repository, with `/`. */
	readonly path: string;
	readonly mode: 'file' | 'link';
	/** The object's name. */
	readonly id: string;
	/** In bytes. */
	readonly size: number;
}

/** The files and links at or below `inside` (empty: everything), sorted by path; null where there is no such path. */
export async function treeAt({
	root,
	commit,
	inside,
	signal,
}: {
	readonly root: string;
	readonly commit: string;
	readonly inside: string;
	readonly signal: AbortSignal | undefined;
}): Promise<readonly TreeEntry[] | null> {
	// A path is a path and no pattern, whatever characters it has.
	const path = inside === '' ? [] : ['--', inside];
	const words = ['--literal-pathspecs', 'ls-tree', '-r', '-z', '-l', '--full-tree', commit, ...path];
	const found = await git(root, words, signal);
	if (found.kind === 'failed')
		throw new FirebreakError('git', `git cannot read ${commit}: ${found.error}`, 'git fsck says what is wrong');
	const entries = found.text
		.split('\0')
		.filter(line => line !== '')
		.flatMap(entryOf);
	return entries.length === 0 && inside !== '' ? null : entries;
}

/** `100644 blob ID SIZE<tab>PATH`; a submodule is no file. */
function entryOf(line: string): readonly TreeEntry[] {
	const [facts = '', path = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)];
	const [mode, type, id = '', size] = facts.split(/ +/);
	if (type !== 'blob') return [];
	return [{path, mode: mode === '120000' ? 'link' : 'file', id, size: Number(size)}];
}

/** The contents of entries, in their order, by one process. */
export async function blobsAt(
	root: string,
	entries: readonly TreeEntry[],
	signal?: AbortSignal,
): Promise<readonly Buffer[]> {
	if (entries.length === 0) return [];
	const found = await git(root, ['cat-file', '--batch'], signal, entries.map(({id}) => `${id}\n`).join(''));
	if (found.kind === 'failed')
		throw new FirebreakError('git', `git cannot read its objects: ${found.error}`, 'git fsck says what is wrong');
	let at = 0;
	return entries.map(({path, size}) => {
		const end = found.bytes.indexOf('\n', at);
		const start = end + 1;
		if (!/ blob \d+$/.test(found.bytes.toString('latin1', at, end)))
			throw new FirebreakError('git', `git has no contents of ${path}`, 'fetch the whole repository');
		at = start + size + 1;
		return found.bytes.subarray(start, start + size);
	});
}
