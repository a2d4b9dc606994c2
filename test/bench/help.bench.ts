// How long does a person wait for `firebreak --help`?
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {median, tell} from './figure.ts';

const launcher = join(import.meta.dirname, '../../bin/firebreak.js');
const time = (words: readonly string[]): number => {
	const started = performance.now();
	spawnSync(process.execPath, words);
	return performance.now() - started;
};
const often = (words: readonly string[]): number => median(Array.from({length: 11}, () => time(words)));

const emptyMs = often(['-e', '']);
tell({
	bench: 'help',
	question: 'How long does firebreak --help take?',
	unit: 'ms',
	value: often([launcher, '--help']),
	limit: {most: 300},
	also: {emptyNodeMs: Math.round(emptyMs)},
});
