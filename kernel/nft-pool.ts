// Several nftables helpers side by side: what is loaded takes a processor's time, and closing what has deleted sleeps in
// the kernel; sleeps overlap only between processes (FACTS).
import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {FirebreakError} from '../core/model/failure.ts';
import type {NftAnswer, NftAnswers, NftBatch, NftJob} from './nft-helper.ts';

export interface NftPool extends AsyncDisposable {
	/** Runs each text in its namespace, answers in the order asked. Nothing throws for what nft refuses: see `error`. */
	run(jobs: readonly NftJob[]): Promise<readonly NftAnswer[]>;
	/** Starts helpers until there are that many; resolves when they are ready, and what is under way does not wait for them. */
	grow(helpers: number): Promise<void>;
}

interface Helper {
	readonly child: ChildProcess;
	/** By number of the batch; told `ended` when the process goes before it answers. */
	readonly pending: Map<number, (answers: readonly NftAnswer[] | 'ended') => void>;
}

/** Jobs that go to a helper at once, at most: fewer round trips, and still work for all. */
const largestBatch = 16;

/**
 * @param helpers - how many processes, 1..64
 * @throws FirebreakError `no-libnftables` where the library is not on this machine
 */
export async function startNftPool(helpers: number): Promise<NftPool> {
	const pool: Helper[] = [];
	const starting = new Set<ChildProcess>();
	let lastId = 0;
	const grow = async (wanted: number): Promise<void> => {
		const missing = Math.max(0, wanted - pool.length - starting.size);
		await Promise.all(
			Array.from({length: missing}, async () => {
				const child = startHelper();
				starting.add(child);
				pool.push(await greeted(child).finally(() => starting.delete(child)));
			}),
		);
	};
	const ask = ({child, pending}: Helper, jobs: readonly NftJob[]): Promise<readonly NftAnswer[]> =>
		new Promise(resolve => {
			const id = ++lastId;
			pending.set(id, answers => resolve(answers === 'ended' ? jobs.map(() => ended) : answers));
			child.send({id, jobs} satisfies NftBatch, error => {
				if (error === null) return;
				pending.delete(id);
				resolve(jobs.map(() => ended));
			});
		});
	await grow(helpers);
	return {
		grow,
		async run(jobs) {
			const answers: NftAnswer[] = new Array(jobs.length);
			const size = Math.max(1, Math.min(largestBatch, Math.ceil(jobs.length / (pool.length * 4))));
			let next = 0;
			const work = async (helper: Helper): Promise<void> => {
				for (let at = next; at < jobs.length; at = next) {
					next = at + size;
					for (const answer of await ask(helper, jobs.slice(at, at + size))) answers[at++] = answer;
				}
			};
			// Two batches a helper are under way, so that none waits for the engine between them.
			await Promise.all(pool.flatMap(helper => [work(helper), work(helper)]));
			return answers;
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([...starting, ...pool.map(({child}) => child)].map(stop));
		},
	};
}

const ended: NftAnswer = {error: 'the nftables helper ended', output: '', atMs: 0};

function startHelper(): ChildProcess {
	const own = import.meta.url;
	const file = fileURLToPath(new URL(`./nft-helper${own.slice(own.lastIndexOf('.'))}`, own));
	return fork(file, ['firebreak-nft-helper'], {
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
		execArgv: ['--no-warnings', '--max-semi-space-size=1'],
	});
}

/** The helper, once it said that it found its library. */
async function greeted(child: ChildProcess): Promise<Helper> {
	let complaint = '';
	child.stderr!.on('data', chunk => (complaint += chunk));
	const pending: Helper['pending'] = new Map();
	const started = await Promise.race([once(child, 'message').then(() => true), once(child, 'exit').then(() => false)]);
	if (!started) throw complaint.includes('libnftables') ? noLibrary(complaint) : helperEnded(complaint);
	child.on('message', ({id, answers}: NftAnswers) => {
		pending.get(id)?.(answers);
		pending.delete(id);
	});
	child.once('exit', () => {
		for (const resolve of pending.values()) resolve('ended');
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

const helperEnded = (complaint: string): FirebreakError =>
	new FirebreakError(
		'engine-gone',
		`an nftables helper of the lab ended before it began: ${complaint.trim().split('\n').at(-1) || 'it was killed'}`,
		'run it again; nothing of the lab is left',
		{complaint: complaint.slice(0, 500)},
	);

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, 'exit');
	child.kill('SIGKILL');
	await gone;
}
