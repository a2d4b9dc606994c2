// The engine's program: owns one lab, serves one client on descriptor 3, and ends when that client does. It is started
// by `lab/client.ts` under unshare(1), never by hand.
import {access} from 'node:fs/promises';
import {flushCompileCache} from 'node:module';
import {Socket} from 'node:net';
import type {LabEvent} from '../core/contracts/event.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {createNamespaces} from '../kernel/keeper.ts';
import {homeNetns} from '../kernel/netns.ts';
import {startNftPool} from '../kernel/nft-pool.ts';
import type {EngineLab} from './engine-lab.ts';
import {probeProgress} from './progress.ts';
import {type Failure, type Methods, protocolVersion, type Request, readLines, write} from './protocol.ts';

homeNetns();
// The first use of libuv's pool starts all of its threads, which must be home and not in a workload (FACTS).
await access('/');
// Two load rules as fast as two cores do. They start while this process still reads the rest of its
// program.
const helpers = startNftPool(2);
helpers.catch(() => undefined);
const client = new Socket({fd: 3, readable: true, writable: true});
client.on('error', () => process.exit(0));
client.on('close', () => process.exit(0));
client.on('end', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const tell = (event: LabEvent): void => write(client, {kind: 'event', event});
let lab: EngineLab | undefined;

// One after the other: who asks ahead need not wait for the answer to ask the next.
let turn: Promise<unknown> = Promise.resolve();
readLines<Request>(client, request => {
	const served = turn.then(() => serve(request));
	turn = served.catch(() => undefined);
	served.then(
		gives => write(client, {kind: 'answer', id: request.id, gives}),
		error => write(client, {kind: 'failed', id: request.id, failure: failureOf(error)}),
	);
});
write(client, {kind: 'hello', version: protocolVersion, pid: process.pid});

async function serve(request: Request): Promise<unknown> {
	if (request.method === 'boot') {
		// Another process makes them while this one reads the rest of its program.
		const namespaces = createNamespaces(request.asks.topology.workloads.length, request.asks.rootless);
		await namespaces.catch(() => undefined);
		const {bootLab} = await import('./engine-lab.ts');
		lab = await bootLab(request.asks, {pool: helpers, namespaces});
		return lab.booted;
	}
	if (lab === undefined) throw new Error('the lab is not booted');
	switch (request.method) {
		case 'apply':
			return lab.apply(request.asks.rulesets);
		case 'probe':
			return withoutFlows(await lab.probe(request.asks, probeProgress(request.asks.flows.length, tell)));
		case 'attack':
			return lab.attack(request.asks, tell);
		case 'close': {
			const started = performance.now();
			await lab[Symbol.asyncDispose]();
			const teardownMs = performance.now() - started;
			flushCompileCache();
			return {teardownMs};
		}
		default:
			return request satisfies never;
	}
}

const withoutFlows = (found: readonly Evidence[]): Methods['probe']['gives'] => found.map(({flow: _, ...rest}) => rest);

function failureOf(error: unknown): Failure {
	if (error instanceof FirebreakError)
		return {kind: 'machine', code: error.code, message: error.message, mend: error.mend, stack: null};
	const {message, stack} = error instanceof Error ? error : new Error(String(error));
	return {kind: 'bug', code: 'bug', message, mend: '', stack: stack ?? null};
}
