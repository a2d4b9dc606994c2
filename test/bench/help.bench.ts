// How long does a person wait for `firebreak --help`? Budget: 300 ms.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';

const launcher = join(import.meta.dirname, '../../bin/firebreak.js');
const time = (words: readonly string[]): number => {
	const started = performance.now();
	spawnSync(process.execPath, [...words]);
	return performance.now() - started;
};
const median = (words: readonly string[]): number =>
	Array.from({length: 11}, () => time(words)).sort((a, b) => a - b)[5]!;

const emptyMs = median(['-e', '']);
const medianMs = median([launcher, '--help']);
const budgetMs = 300;
process.stdout.write(`${JSON.stringify({bench: 'help', medianMs, emptyMs, budgetMs, held: medianMs <= budgetMs})}\n`);
process.exit(medianMs <= budgetMs ? 0 : 1);
