// Serves the clients of one engine: one that owns it, and where the lab stays any number at its socket. Each request is
// answered to who asked; what works on the lab is done one after the other, what only looks at it at once.
import {unlinkSync} from 'node:fs';
import {flushCompileCache} from 'node:module';
import type {Duplex} from 'node:stream';
import type {LabEvent} from '../core/contracts/event.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {createNamespaces} from '../kernel/keeper.ts';
import type {NftPool} from '../kernel/nft-pool.ts';
import type {Containers} from '../topologies/docker/containers.ts';
import type {EngineLab} from './engine-lab.ts';
import {bootProgress, probeProgress} from './progress.ts';
import {
	type BootRequest,
	type Failure,
	type Method,
	type Methods,
	protocolVersion,
	type Request,
	readLines,
	type StayRequest,
	write,
} from './protocol.ts';
import type {Asker, Staying} from './staying.ts';
import {createTurns} from './turns.ts';

export interface Desk {
	/** Whether it was told to stay. */
	readonly stays: boolean;
	/** The owner may boot and may have it stay; nobody else may. */
	serve(stream: Duplex, who: 'owner' | 'client'): void;
	/** Takes the socket and the containers away, and ends the process; the kernel takes the lab. */
	end(): void;
}

interface Client extends Asker {
	readonly who: 'owner' | 'client';
}

/** Those that wait for nobody. */
const atOnce: ReadonlySet<Method> = new Set([
	'confirm',
	'pace',
	'stop',
	'status',
	'describe',
	'enter',
	'tap',
	'watch',
	'logs',
	'flows',
	'hits',
]);

export function createDesk(helpers: Promise<NftPool>): Desk {
	let boot: BootRequest | undefined;
	let lab: EngineLab | undefined;
	let stay: StayRequest | undefined;
	let staying: Staying | undefined;
	let containers: Promise<Containers> | undefined;
	let clients = 0;
	let lastNumber = 0;
	const turns = createTurns();

	const serveInTurn = (request: Request, client: Client): Promise<unknown> =>
		turns.take(request.method, staying !== undefined, async () => {
			if (client.who === 'client') client.signal.throwIfAborted();
			return work(request, client);
		});
	const answer = (request: Request, client: Client): Promise<unknown> => {
		if (staying !== undefined && request.method === 'close' && client.who === 'client') return close(client);
		return staying !== undefined && atOnce.has(request.method)
			? look(staying, request, client)
			: serveInTurn(request, client);
	};

	async function look(known: Staying, request: Request, client: Client): Promise<unknown> {
		switch (request.method) {
			case 'confirm':
				return known.confirm(client);
			case 'pace':
				return known.pace(request.asks);
			case 'stop':
				return known.stop();
			case 'status':
				return known.status(clients, turns.busy);
			case 'describe':
				return known.describe();
			case 'enter':
				return known.enter(request.asks, client);
			case 'tap':
				return known.tap(request.asks, client);
			case 'logs':
				return known.logs();
			case 'flows':
				return await known.flows();
			case 'hits':
				return await known.hits();
			case 'watch':
				known.audience.add(client.stream);
				return {};
			default:
				throw notServed(request.method);
		}
	}

	async function work(request: Request, client: Client): Promise<unknown> {
		const tell = (event: LabEvent): void => write(client.stream, {kind: 'event', event});
		if (request.method === 'boot' && client.who === 'owner' && lab === undefined) {
			// Another process makes them while this one reads the rest of its program.
			const {topology, docker, rootless} = request.asks;
			const step = bootProgress(tell);
			if (docker !== undefined) {
				const {startLabContainers} = await import('./docker-boot.ts');
				containers = startLabContainers(docker, {topology, lab: request.asks.lab, step});
			}
			const namespaces = containers ?? createNamespaces(topology.workloads.length, rootless);
			await namespaces.catch(() => undefined);
			const {bootLab} = await import('./engine-lab.ts');
			boot = request.asks;
			lab = await bootLab(request.asks, {pool: helpers, namespaces, containers: await containers, step});
			return lab.booted;
		}
		if (lab === undefined || boot === undefined) throw new Error('the lab is not booted');
		switch (request.method) {
			case 'stay':
				if (client.who !== 'owner' || staying !== undefined) throw notServed('stay');
				return startStaying(request.asks, lab, boot);
			case 'apply':
				if (staying !== undefined) return staying.apply(request.asks, client);
				boot = {...boot, rulesets: request.asks.rulesets};
				return lab.apply(request.asks.rulesets);
			case 'probe': {
				const found =
					(await staying?.probe(request.asks, client)) ??
					(await lab.probe(request.asks, probeProgress(request.asks.flows.length, tell)));
				// A program that is gone is no denial: what was seen would not be of this topology.
				if (staying === undefined) await lab.containers?.running();
				return found.map(({flow: _, ...rest}) => rest) satisfies Methods['probe']['gives'];
			}
			case 'attack':
				return staying?.attack(request.asks, client) ?? lab.attack(request.asks, tell);
			case 'traffic':
				if (staying === undefined) throw notServed('traffic');
				return staying.traffic(request.asks, client);
			case 'reset':
				if (staying === undefined) throw notServed('reset');
				return staying.reset(request.asks, client);
			case 'change':
				if (staying === undefined) throw notServed('change');
				return staying.change(request.asks, client);
			case 'close': {
				const started = performance.now();
				await lab[Symbol.asyncDispose]();
				await removeContainers();
				const teardownMs = performance.now() - started;
				flushCompileCache();
				return {teardownMs};
			}
			default:
				throw notServed(request.method);
		}
	}

	async function startStaying(asks: StayRequest, booted: EngineLab, by: BootRequest): Promise<object> {
		const [{createStaying}, {leaveWord, serveAt}] = await Promise.all([
			import('./staying.ts'),
			import('./labs-socket.ts'),
		]);
		const known = createStaying(booted, by, asks);
		leaveWord(asks.socket);
		await serveAt(asks.socket, asks.name, socket => serve(socket, 'client'));
		stay = asks;
		staying = known;
		flushCompileCache();
		return {};
	}

	/** The answer is on its way before the engine goes. */
	async function close(client: Client): Promise<unknown> {
		staying?.note(`#${client.number} takes the lab down`);
		setImmediate(() => client.stream.end(end));
		setTimeout(end, 500);
		return {teardownMs: 0};
	}

	function end(): void {
		try {
			if (stay !== undefined) unlinkSync(stay.socket);
		} catch {
			// Somebody took it away already.
		}
		if (containers === undefined) process.exit(0);
		removeContainers().finally(() => process.exit(0));
	}

	/** Docker holds them, and not the kernel; what cannot be removed has its record, and the next command tries again. */
	const removeContainers = async (): Promise<void> =>
		containers?.then(all => all[Symbol.asyncDispose]()).catch(() => undefined);

	function serve(stream: Duplex, who: Client['who']): void {
		const gone = new AbortController();
		if (who === 'client') clients++;
		const client: Client = {who, stream, number: who === 'client' ? ++lastNumber : 0, signal: gone.signal};
		stream.on('error', () => undefined);
		stream.once('close', () => {
			gone.abort(new Error('whoever asked is gone'));
			if (who === 'client') clients--;
		});
		const onNonsense = who === 'owner' ? undefined : () => void stream.destroy();
		readLines<Request>(
			stream,
			request => {
				if (typeof request?.id !== 'number') {
					onNonsense?.();
					return;
				}
				answer(request, client).then(
					gives => write(stream, {kind: 'answer', id: request.id, gives}),
					error => write(stream, {kind: 'failed', id: request.id, failure: failureOf(error)}),
				);
			},
			onNonsense,
		);
		write(stream, {
			kind: 'hello',
			version: protocolVersion,
			pid: stay?.pid ?? process.pid,
			lab: stay?.name ?? null,
		});
	}

	return {
		get stays() {
			return stay !== undefined;
		},
		serve,
		end,
	};
}

const notServed = (method: string): FirebreakError =>
	new FirebreakError('not-served', `this engine does not serve ${String(method).slice(0, 40)} here`, '');

function failureOf(error: unknown): Failure {
	if (error instanceof FirebreakError)
		return {kind: 'machine', code: error.code, message: error.message, mend: error.mend, stack: null};
	const {message, stack} = error instanceof Error ? error : new Error(String(error));
	return {kind: 'bug', code: 'bug', message, mend: '', stack: stack ?? null};
}
