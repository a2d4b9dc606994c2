// A containerlab file from disk; what it means says `import.ts`.
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import type {Parsed} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {importContainerlab} from './import.ts';

/**
 * A `*.clab.yml`, or the only one of a folder, as `containerlab deploy` finds it.
 *
 * @param folder - what paths are relative to, also in problems
 */
export function loadContainerlab(
	source: string,
	environment: Readonly<Record<string, string | undefined>> = {},
	folder = '.',
): Parsed<Topology> {
	const at = (file: string): string => path.resolve(folder, file);
	const wrong = (what: string, mend = ''): Parsed<Topology> => ({
		kind: 'wrong',
		problems: [{where: {file: source, line: 1, column: 1}, what, mend}],
	});
	const found = statSync(at(source), {throwIfNoEntry: false});
	if (found === undefined) return wrong('there is no such file');
	const inside = found.isDirectory()
		? readdirSync(at(source))
				.filter(name => /\.clab\.ya?ml$/.test(name))
				.sort()
		: [];
	if (found.isDirectory() && inside.length !== 1)
		return inside.length === 0
			? wrong('no file here is called *.clab.yml or *.clab.yaml')
			: wrong(`there are ${inside.length} files *.clab.yml here`, 'name one of them');
	const file = inside.length === 1 ? path.join(source, inside[0]!) : source;
	if (statSync(at(file)).size > 8_000_000) return wrong('the file is over 8 MB');
	return importContainerlab(
		file,
		readFileSync(at(file), 'utf8'),
		name => environment[name],
		beside => existsSync(at(beside)),
	);
}
