// npm packages: are those of the lock file installed, and if not, install them.
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

const read = path => JSON.parse(readFileSync(path, 'utf8')).packages;

/** True when every package of the lock file that this machine needs lies in node_modules, at its version. */
export function packagesAreInstalled(folder) {
	const installed = join(folder, 'node_modules/.package-lock.json');
	if (!existsSync(installed) || !existsSync(join(folder, 'node_modules/.bin/node'))) return false;
	const have = read(installed);
	return Object.entries(read(join(folder, 'package-lock.json'))).every(
		([path, wanted]) =>
			path === '' || (have[path] ? have[path].version === wanted.version : wanted.optional || wanted.devOptional),
	);
}

/**
 * Runs `npm ci`, its output on stderr. Throws an Error with the mend when it fails.
 * Under `npm run` the npm and the Node that run it are used: the Node in node_modules is about to be replaced.
 */
export function installPackages(folder) {
	const {npm_execpath: npm, npm_node_execpath: node} = process.env;
	const [program, first] = npm && node ? [node, [npm]] : ['npm', []];
	const {status, error} = spawnSync(program, [...first, 'ci', '--loglevel=error'], {
		cwd: folder,
		stdio: ['ignore', 2, 2],
	});
	if (status !== 0) {
		const why = error ? error.message : `npm ci ended with ${status}`;
		throw new Error(`the npm packages could not be installed (${why}); mend that and type: npm ci`);
	}
}
