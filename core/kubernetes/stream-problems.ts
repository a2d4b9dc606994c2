// Lines of a stream say little to whoever piped it: there each problem names the object and the line where that begins.
import type {Problem} from '../model/problem.ts';
import {titleOf} from './field-problems.ts';
import type {Manifest, ManifestFile} from './manifests.ts';

/** The problems, those of streams with their objects. Problems of what is no object are left as they are. */
export function nameStreamObjects(
	problems: readonly Problem[],
	manifests: readonly Manifest[],
	files: readonly ManifestFile[],
): readonly Problem[] {
	const streams = new Set(files.flatMap(({path, stream}) => (stream === true ? [path] : [])));
	if (streams.size === 0) return problems;
	const objects = manifests.filter(({where}) => streams.has(where.file)).sort((a, b) => a.where.line - b.where.line);
	return problems.map(problem => {
		const {where, what} = problem;
		const manifest = objects.findLast(one => one.where.file === where.file && one.where.line <= where.line);
		if (manifest === undefined || what.includes(fromLine) || !streams.has(where.file)) return problem;
		const title = titleOf(manifest);
		const named = `${title} ${fromLineOf(manifest.where.line)}`;
		return {...problem, what: what.startsWith(title) ? named + what.slice(title.length) : `${named}: ${what}`};
	});
}

const fromLine = '(from line ';
const fromLineOf = (line: number): string => `${fromLine}${line})`;

/** The same for a document that cannot be read, as far as its lines say what it was meant to be. */
export function nameBrokenDocument(problems: readonly Problem[], text: string, above: number): readonly Problem[] {
	const kind = /^["']?kind["']?:[ \t]*["']?(\w{1,60})/m.exec(text)?.[1] ?? 'document';
	const name = /^metadata:[ \t]*(?:\{.*?\bname:[ \t]*|\n(?:[ \t]+.*\n)*?[ \t]+name:[ \t]*)["']?([\w.-]{1,80})/m.exec(
		text,
	)?.[1];
	const title = `${kind}${name === undefined ? '' : ` ${name}`}`;
	const first = text.split('\n').findIndex(line => !/^(---)?\s*(#.*)?$/.test(line));
	return problems.map(one => ({...one, what: `${title} ${fromLineOf(above + 1 + Math.max(0, first))}: ${one.what}`}));
}
