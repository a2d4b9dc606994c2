#!/usr/bin/env node
// The launcher. Plain JavaScript for any Node since 18: it finds a Node that is new enough and the program (the sources
// in a clone, dist/ in the package), and hands over to it.
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import nodeModule from 'node:module';
import {dirname, join} from 'node:path';
import {argv, execPath, exit, stderr, stdin, versions} from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';

const oldest = 24;
const home = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(home, 'cli/main.ts');
const program = existsSync(sources) ? sources : join(home, 'dist/cli/main.js');

if (Number(versions.node.split('.')[0]) >= oldest) {
	argv[1] = program;
	// What was compiled once starts faster; where it cannot be kept, Node does without.
	nodeModule.enableCompileCache?.(join(home, 'node_modules/.cache/firebreak'));
	const {main} = await import(pathToFileURL(program).href);
	await main(argv.slice(2));
} else {
	const node = findNode(home);
	if (node === undefined) {
		stderr.write(
			`firebreak needs Node ${oldest} or later, and this is ${versions.node}\n  mend: npm install node@${oldest}\n`,
		);
		exit(3);
	}
	handOver(node);
}

/** The `node` of the npm package `node`, in the nearest node_modules; never the one that runs this. */
function findNode(folder) {
	const found = join(folder, 'node_modules/node/bin/node');
	if (existsSync(found) && found !== execPath) return found;
	return dirname(folder) === folder ? undefined : findNode(dirname(folder));
}

/** Runs it in the same terminal and ends as it ends. The channel tells the child when this process is killed. */
function handOver(node) {
	// Before the child is there, so that no signal can fall between: they are told once this function is through.
	let child;
	// A terminal sends Ctrl-C to the whole group: passing it on would count twice.
	process.on('SIGINT', () => stdin.isTTY || child.kill('SIGINT'));
	for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child = spawn(node, [program, ...argv.slice(2)], {stdio: ['inherit', 'inherit', 'inherit', 'ipc']});
	child.on('error', error => {
		stderr.write(`${node} does not run: ${error.message}\n  mend: npm install node@${oldest}\n`);
		exit(3);
	});
	child.on('exit', (code, signal) => {
		if (signal === null) exit(code);
		for (const passed of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(passed);
		process.kill(process.pid, signal);
	});
}
