// A lab that is up for as long as a benchmark runs, in a folder of its own for its socket.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export interface UpLab extends Disposable {
	readonly name: string;
	/** Runs `firebreak` with these words; its milliseconds, the start of Node included. @throws Error with what it said */
	firebreak(...words: readonly string[]): number;
}

/** The command line's program, for this Node. */
export const program = join(import.meta.dirname, '../../cli/main.ts');

/** Boots a rehearsal (a folder or a ready name); whatever this process starts from now on finds its lab. */
export function upLab(source: string): UpLab {
	const name = 'bench';
	const runtime = mkdtempSync(join(tmpdir(), 'firebreak-bench-'));
	process.env.XDG_RUNTIME_DIR = runtime;
	const firebreak = (...words: readonly string[]): number => {
		const started = performance.now();
		const {status, stderr} = spawnSync(process.execPath, ['--no-warnings', program, ...words], {encoding: 'utf8'});
		if (status !== 0) throw new Error(stderr);
		return performance.now() - started;
	};
	const down = (): void => {
		firebreak('down', '--all');
		rmSync(runtime, {recursive: true, force: true});
	};
	try {
		firebreak('up', source, '--name', name);
	} catch (error) {
		down();
		throw error;
	}
	return {name, firebreak, [Symbol.dispose]: down};
}
