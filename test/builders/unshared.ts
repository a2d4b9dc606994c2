// Tests of packets run a program of their own under unshare(1), as the engine does: real kernel, nothing to clean.
import {execFile, execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {isRootless as cannotMapIds} from '../../kernel/rootless.ts';

const rootless = cannotMapIds();
/** The options that the engine itself is started with. */
export const unshareOptions: readonly string[] = [
	...(rootless ? ['--user', '--map-root-user'] : []),
	...['--net', '--mount', '--mount-proc', '--uts', '--pid', '--fork', '--kill-child'],
];

/** Why tests of packets cannot run on this machine; null where they can. */
export function whyNoPackets(): string | null {
	try {
		execFileSync('unshare', [...unshareOptions, 'true'], {stdio: 'pipe'});
		return null;
	} catch (error) {
		return `no namespaces here: ${String(error).split('\n')[0]}`;
	}
}

/**
 * Runs a fixture (a path beside this folder) as an engine would run, and gives the JSON that it prints.
 *
 * @throws where it prints none, with what it said
 */
export async function unshared<T>(fixture: string, words: readonly string[] = [], timeoutMs = 60_000): Promise<T> {
	const file = fileURLToPath(new URL(`../${fixture}`, import.meta.url));
	const {stdout, stderr} = await promisify(execFile)(
		'unshare',
		[...unshareOptions, process.execPath, '--no-warnings', file, ...words],
		{
			timeout: timeoutMs,
			killSignal: 'SIGKILL',
			maxBuffer: 64 << 20,
			env: {...process.env, FIREBREAK_ROOTLESS: String(rootless)},
		},
	);
	try {
		return JSON.parse(stdout) as T;
	} catch {
		throw new Error(`${fixture} printed no JSON:\n${stdout.slice(0, 2000)}\n${stderr.slice(0, 4000)}`);
	}
}

/** In a fixture: whether the engine it plays is rootless. */
export const isRootless = (): boolean => process.env.FIREBREAK_ROOTLESS === 'true';
