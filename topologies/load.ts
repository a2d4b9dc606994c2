// Topology files from disk. What they mean is `core/files/topology.ts`; folders of manifests are `topologies/kubernetes`.
import {readdir, readFile, stat} from 'node:fs/promises';
import {basename, dirname, resolve} from 'node:path';
import {nearest} from '../core/files/nearest.ts';
import {plainWord} from '../core/files/plain-word.ts';
import {textLimits} from '../core/files/text-limits.ts';
import {parseTopology} from '../core/files/topology.ts';
import type {Parsed, Problem} from '../core/model/problem.ts';
import type {Topology} from '../core/model/topology.ts';

/**
 * The topology that the files describe together, or every problem of all of them.
 *
 * @param paths - as the user wrote them, which is what problems call the files
 * @param folder - what relative paths start from
 */
export async function loadTopology(paths: readonly string[], folder = '.'): Promise<Parsed<Topology>> {
	const read = await Promise.all(paths.map(path => readSource(path, resolve(folder, path))));
	const unread = read.filter(source => 'what' in source);
	const sources = read.filter(source => 'text' in source);
	if (unread.length === 0) return parseTopology(sources);
	const rest = sources.length === 0 ? undefined : parseTopology(sources);
	return {kind: 'wrong', problems: [...unread, ...(rest?.kind === 'wrong' ? rest.problems : [])]};
}

/** No UTF-8 text within the limit has more bytes. */
const mostBytes = 4 * textLimits.characters;

async function readSource(file: string, path: string): Promise<{file: string; text: string} | Problem> {
	const wrong = (what: string, mend: string): Problem => ({where: {file, line: 1, column: 1}, what, mend});
	try {
		const found = await stat(path);
		if (found.isDirectory()) return wrong('this is a folder, not a topology file', 'name a file in it');
		if (!found.isFile()) return wrong('this is not a file', 'name a topology file');
		if (found.size > mostBytes)
			return wrong(`the file has ${Math.round(found.size / 1e6)} MB`, 'split it into several');
		return {file, text: await readFile(path, 'utf8')};
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR')
			return wrong(`there is no file ${plainWord(file)}`, await whatIsThere(path));
		if (code === undefined) throw error;
		return wrong(`the file cannot be read: ${code}`, code === 'EACCES' ? 'may you read it? chmod +r' : '');
	}
}

/** `zones.policy.yaml is there`, the nearest name beside the one that is missing. */
async function whatIsThere(path: string): Promise<string> {
	try {
		const near = nearest(basename(path), (await readdir(dirname(path))).sort());
		return near === undefined ? '' : `${plainWord(near)} is there`;
	} catch {
		return `there is no folder ${plainWord(basename(dirname(path)))}`;
	}
}
