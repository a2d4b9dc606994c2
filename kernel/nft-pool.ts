// Several nftables helpers side by side: whatever deletes sleeps in the kernel, and sleeps overlap only between
// processes (FACTS).
import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {FirebreakError} from '../core/model/failure.ts';
import type {NftAnswer, NftJob} from './nft-helper.ts';

export interface NftPool extends AsyncDisposable {
	/** Runs each text in its namespace, answers in the order asked. Nothing throws for what nft refuses: see `error`. */
	run(jobs: readonly Omit<NftJob, 'id'>[]): Promise<readonly NftAnswer[]>;
}

interface Helper {
	readonly child: ChildProcess;
	readonly pending: Map<number, (answer: NftAnswer) => void>;
}

/**
 * @param helpers - how many processes, 1..64
 * @throws FirebreakError `no-libnftables` where the library is not on this machine
 */
export async function startNftPool(helpers: number): Promise<NftPool> {
	const pool = await Promise.all(Array.from({length: helpers}, start));
	let lastId = 0;
	const ask = (helper: Helper, job: Omit<NftJob, 'id'>): Promise<NftAnswer> =>
		new Promise(resolve => {
			const id = ++lastId;
			helper.pending.set(id, resolve);
			helper.child.send({...job, id});
		});
	return {
		async run(jobs) {
			const answers: NftAnswer[] = new Array(jobs.length);
			let next = 0;
			const work = async (helper: Helper): Promise<void> => {
				for (let at = next++; at < jobs.length; at = next++) answers[at] = await ask(helper, jobs[at]!);
			};
			// Two jobs a helper are under way, so that none waits for the engine between them.
			await Promise.all(pool.flatMap(helper => [work(helper), work(helper)]));
			return answers;
		},
		async [Symbol.asyncDispose]() {
			await Promise.all(pool.map(({child}) => stop(child)));
		},
	};
}

async function start(): Promise<Helper> {
	const own = import.meta.url;
	const file = fileURLToPath(new URL(`./nft-helper${own.slice(own.lastIndexOf('.'))}`, own));
	const child = fork(file, ['firebreak-nft-helper'], {
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
		execArgv: ['--no-warnings', '--max-semi-space-size=1'],
	});
	let complaint = '';
	child.stderr!.on('data', chunk => (complaint += chunk));
	const pending = new Map<number, (answer: NftAnswer) => void>();
	const started = await Promise.race([once(child, 'message').then(() => true), once(child, 'exit').then(() => false)]);
	if (!started) throw noLibrary(complaint);
	child.on('message', (answer: NftAnswer) => {
		pending.get(answer.id)?.(answer);
		pending.delete(answer.id);
	});
	child.on('exit', () => {
		for (const [id, resolve] of pending) resolve({id, error: 'the nftables helper ended', output: '', ms: 0});
		pending.clear();
	});
	return {child, pending};
}

const noLibrary = (complaint: string): FirebreakError =>
	new FirebreakError(
		'no-libnftables',
		'nftables is not installed here (libnftables.so.1 cannot be loaded)',
		'apt-get install nftables (or dnf, pacman, zypper, apk); without it: --model-only',
		{complaint: complaint.slice(0, 500)},
	);

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, 'exit');
	child.kill('SIGKILL');
	await gone;
}
