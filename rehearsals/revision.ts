// A folder as it was at a git revision, in a temporary place. The user's working tree, index and branches stay as they are.
import {rmSync} from 'node:fs';
import {mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, dirname, join, normalize, posix, relative, resolve, sep} from 'node:path';
import {plainWord} from '../core/files/plain-word.ts';
import type {Parsed} from '../core/model/problem.ts';
import {type GitAnswer, git, refused} from './git.ts';
import {blobsAt, type TreeEntry, treeAt} from './git-tree.ts';

/** A folder or file at a revision; it is gone when this is disposed of, and at the latest when the process ends. */
export interface Revision extends AsyncDisposable {
	/** Absolute path of the copy. */
	readonly path: string;
	/** The commit, 40 or 64 hex digits. */
	readonly commit: string;
}

/** More is no folder of policies; it would be copied to no purpose. */
const most = {files: 50_000, bytes: 256_000_000};

/** What a rehearsal or a folder of manifests is made of. */
const isRead = (path: string): boolean => /\.(ya?ml|json)$/i.test(path);

/**
 * `path` (a folder or a file) as it was at `revision`: its YAML and JSON files, under the same names. Where its
 * rehearsal.yaml names files above it, those of the whole repository are there too. Reads objects of the repository
 * alone, starts no shell, and writes below the system's temporary folder.
 *
 * @param path - need not be there now, but it lies in a repository
 * @param revision - whatever git calls a commit: `main`, `HEAD~3`, a tag, a hash
 * @returns problems for what is no repository, no revision of it, or was not there then
 * @throws FirebreakError where there is no git
 */
export async function openRevision(path: string, revision: string, signal?: AbortSignal): Promise<Parsed<Revision>> {
	const wrong = wrongWord(revision, '--git') ?? wrongWord(path, path);
	if (wrong !== undefined) return wrong;
	const place = await placeOf(path, signal);
	if (place.kind === 'wrong') return place;
	const {root, inside} = place.value;
	const commit = await commitOf(root, revision, signal);
	if (commit.kind === 'wrong') return commit;
	const entries = await treeAt({root, commit: commit.value, inside, signal});
	if (entries === null)
		return refused(path, `${plainWord(inside || '.')} is not there at ${plainWord(revision)}`, `git log -- ${inside}`);
	const own = await chosen(entries, {root, commit: commit.value, inside, signal});
	if (own.kind === 'wrong') return own;
	return {kind: 'ok', value: await written(own.value, {root, inside, commit: commit.value}), warnings: []};
}

/** Git would take it for an option, or for two words. */
function wrongWord(word: string, place: string): Extract<Parsed<never>, {kind: 'wrong'}> | undefined {
	if (!/^-|[\0\n]/.test(word)) return undefined;
	const what = `${plainWord(word)} is no ${place === '--git' ? 'revision' : 'folder'}`;
	const mend = word.startsWith('-') ? 'it begins with -: an option would too' : '';
	return {kind: 'wrong', problems: [{where: {file: place, line: 1, column: 1}, what, mend}]};
}

interface Place {
	/** Absolute top folder of the working tree. */
	readonly root: string;
	/** Path below it with `/`; empty for the top. */
	readonly inside: string;
}

/** The repository that a path lies in; the nearest folder that is there says which. */
async function placeOf(path: string, signal: AbortSignal | undefined): Promise<Parsed<Place>> {
	let near = resolve(path);
	let below = '';
	for (;;) {
		const status = await stat(near).catch(() => undefined);
		if (status?.isDirectory() === true) break;
		below = join(basename(near), below);
		const above = dirname(near);
		if (above === near) break;
		near = above;
	}
	const found = await git(near, ['rev-parse', '--show-toplevel'], signal);
	if (found.kind === 'failed') return refused(path, `${plainWord(path)} lies in no git repository`, firstLine(found));
	const root = found.text.replace(/\n$/, '');
	const real = join(await realpath(near), below);
	const inside = relative(root, real).split(sep).join('/').replace(/\/$/, '');
	return {kind: 'ok', value: {root, inside}, warnings: []};
}

async function commitOf(root: string, revision: string, signal: AbortSignal | undefined): Promise<Parsed<string>> {
	const words = ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`];
	const found = await git(root, words, signal);
	if (found.kind === 'ok') return {kind: 'ok', value: found.text.trim(), warnings: []};
	return refused(
		'--git',
		`there is no revision ${plainWord(revision)}`,
		'git branch -a and git tag list what is there',
	);
}

/** Git's own words for why, where it gave any: `fatal: not a git repository …`. */
const firstLine = ({error}: Extract<GitAnswer, {kind: 'failed'}>): string =>
	plainWord(error.split('\n')[0]!.replace(/^fatal: /, ''));

interface At extends Place {
	readonly commit: string;
	readonly signal: AbortSignal | undefined;
}

type Contents = readonly {readonly entry: TreeEntry; readonly bytes: Buffer}[];

/** The files to write: those below the path, or all of the repository where the rehearsal reaches above its folder. */
async function chosen(entries: readonly TreeEntry[], at: At): Promise<Parsed<Contents>> {
	const below = await contents(entries, at);
	if (below.kind === 'wrong' || at.inside === '') return below;
	const reachesUp = below.value.some(
		({entry, bytes}) => /(^|\/)rehearsal\.ya?ml$/.test(entry.path) && bytes.includes('../'),
	);
	const isFile = entries.length === 1 && entries[0]!.path === at.inside;
	if (!reachesUp && !isFile) return below;
	return contents((await treeAt({...at, inside: reachesUp ? '' : parentOf(at.inside)})) ?? entries, at);
}

const parentOf = (path: string): string => (posix.dirname(path) === '.' ? '' : posix.dirname(path));

async function contents(entries: readonly TreeEntry[], {root, signal, inside}: At): Promise<Parsed<Contents>> {
	const wanted = entries.filter(({path, mode}) => isSafe(path) && (mode === 'link' || isRead(path)));
	const bytes = wanted.reduce((sum, {size}) => sum + size, 0);
	if (wanted.length > most.files || bytes > most.bytes) {
		const what = `${plainWord(inside || '.')} has ${wanted.length} files of ${(bytes / 1e6).toFixed(0)} MB`;
		return refused('--git', what, 'name the folder of the policies');
	}
	const blobs = await blobsAt(root, wanted, signal);
	return {
		kind: 'ok',
		value: wanted.map((entry, at) => ({entry, bytes: blobs[at]!})),
		warnings: [],
	};
}

/** A tree that somebody made by hand could name what lies outside. */
const isSafe = (path: string): boolean =>
	path !== '' &&
	!path.startsWith('/') &&
	!path.includes('\\') &&
	path.split('/').every(part => part !== '..' && part !== '.');

async function written(files: Contents, {root, inside, commit}: Place & {commit: string}): Promise<Revision> {
	const temporary = await mkdtemp(join(tmpdir(), 'firebreak-revision-'));
	const remove = (): void => rmSync(temporary, {recursive: true, force: true});
	process.once('exit', remove);
	const dispose = async (): Promise<void> => {
		process.off('exit', remove);
		await rm(temporary, {recursive: true, force: true});
	};
	try {
		const top = join(temporary, basename(root) || 'root');
		await mkdir(join(top, inside === '' ? '.' : parentOf(inside)), {recursive: true});
		for (const {entry, bytes} of files) await writeEntry(top, entry, bytes);
		const path = join(top, inside);
		if ((await stat(path).catch(() => undefined)) === undefined) await mkdir(path, {recursive: true});
		return {path, commit, [Symbol.asyncDispose]: dispose};
	} catch (error) {
		await dispose();
		throw error;
	}
}

/** A link is made only where it stays below the top: a copy must not lead out of itself. */
async function writeEntry(top: string, {path, mode}: TreeEntry, bytes: Buffer): Promise<void> {
	const file = join(top, path);
	await mkdir(dirname(file), {recursive: true});
	if (mode === 'file') return writeFile(file, bytes, {flag: 'wx'});
	const target = bytes.toString('utf8');
	const leads = normalize(posix.join(posix.dirname(path), target));
	if (!posix.isAbsolute(target) && !leads.startsWith('..')) await symlink(target, file);
}

/** The commit where two revisions parted, as `before...after` means it; a problem where they have nothing in common. */
export async function partingOf(
	path: string,
	before: string,
	after: string,
	signal?: AbortSignal,
): Promise<Parsed<string>> {
	const place = await placeOf(path, signal);
	if (place.kind === 'wrong') return place;
	const commits: string[] = [];
	for (const revision of [before, after]) {
		const wrong = wrongWord(revision, '--git');
		if (wrong !== undefined) return wrong;
		const commit = await commitOf(place.value.root, revision, signal);
		if (commit.kind === 'wrong') return commit;
		commits.push(commit.value);
	}
	const found = await git(place.value.root, ['merge-base', ...commits], signal);
	if (found.kind === 'ok') return {kind: 'ok', value: found.text.trim(), warnings: []};
	return refused('--git', `${plainWord(before)} and ${plainWord(after)} have nothing in common`, 'write two dots');
}
