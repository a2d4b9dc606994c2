// `npm run bench [-- words]`: every test/bench/*.bench.ts whose name has one of the words, each in a process of its own,
// one after the other; long-NAME.bench.ts only where a word is its whole NAME. Stdout is ndjson: a line about the machine, then the lines of the files. Exit 1 where one failed.
import {spawnSync} from 'node:child_process';
import {globSync} from 'node:fs';
import {cpus, release, totalmem} from 'node:os';
import {basename, join} from 'node:path';
import {systemPrograms, tryProgram} from '../../cli/doctor/system-programs.js';

const words = process.argv.slice(2);
const files = globSync('*.bench.ts', {cwd: import.meta.dirname})
	.sort()
	.filter(isAsked);

const nft = systemPrograms.find(program => program.name === 'nft');
const machine = {
	kind: 'machine',
	processor: cpus()[0]?.model ?? null,
	cores: cpus().length,
	memoryMb: Math.round(totalmem() / 2 ** 20),
	kernel: release(),
	node: process.versions.node,
	nft: nft === undefined ? null : (tryProgram(nft)?.version ?? null),
};
process.stdout.write(`${JSON.stringify(machine)}\n`);

function isAsked(file: string): boolean {
	const name = basename(file, '.bench.ts');
	if (name.startsWith('long-')) return words.includes(name.slice('long-'.length));
	return words.length === 0 || words.some(word => name.includes(word));
}

let failed = files.length === 0;
if (failed) process.stderr.write(`no file of test/bench has a name with: ${words.join(' ')}\n`);
for (const file of files) {
	const {status} = spawnSync(process.execPath, ['--no-warnings', join(import.meta.dirname, file)], {stdio: 'inherit'});
	if (status === 0) continue;
	process.stderr.write(`${file} ended with ${status}\n`);
	failed = true;
}
process.exit(failed ? 1 : 0);
