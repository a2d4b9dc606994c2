// `npm test [-- words for AVA]`: install what is missing, then types, Biome and the tests (the laws are among them), all of
// them even where one fails. With `--tap`, types and Biome are a line of TAP each, as AVA's tests are.
import {argv, exit, stderr, stdout} from 'node:process';
import {prepare} from './prepare.mjs';
import {node, run} from './run.mjs';

prepare();
const words = argv.slice(2);
const tap = words.includes('--tap') || words.includes('-t');

const checks = [
	{name: 'types (tsc)', program: 'node_modules/typescript/bin/tsc', words: ['--noEmit']},
	{name: 'format and lint (biome)', program: 'node_modules/@biomejs/biome/bin/biome', words: ['check']},
	{name: 'tests (ava)', program: 'node_modules/ava/entrypoints/cli.mjs', words},
];

const failed = [];
for (const check of checks) {
	const code = await run(node, [check.program, ...check.words]);
	if (code === 130) exit(130);
	if (code !== 0) failed.push(check.name);
	if (tap && check.words !== words) stdout.write(`${code === 0 ? 'ok' : 'not ok'} - ${check.name}\n`);
}
if (failed.length > 0) stderr.write(`failed: ${failed.join(', ')}\n`);
exit(failed.length === 0 ? 0 : 1);
