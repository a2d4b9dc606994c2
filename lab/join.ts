// A client of a lab that stays: connects to its socket, hears its version, and asks. Many may at once.
import {createConnection, type Socket} from 'node:net';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {WatchEvent} from '../core/contracts/watch-event.ts';
import {FirebreakError} from '../core/model/failure.ts';
import type {Flow} from '../core/model/flow.ts';
import {type Line, openLine} from './line.ts';
import {type Hello, type Methods, protocolVersion} from './protocol.ts';

/** An engine that is there says hello at once, unless the machine has no time for it. */
const helloMs = 4000;

type PieceOf = Methods['probe']['asks']['pieceOf'];

export interface JoinedLab extends Disposable {
	readonly name: string;
	/** The engine's process, as whoever started it sees it. */
	readonly pid: number;
	readonly ask: Line['ask'];
	/** The flows with what was seen of them, in their order. */
	probe(flows: readonly Flow[], timeoutMs: number, pieceOf?: PieceOf): Promise<readonly Evidence[]>;
	/** Resolves when the engine is gone, or this client has left. */
	readonly gone: Promise<void>;
}

/** What is at a socket: a lab, one of another version, or nobody. */
export type Found =
	| {readonly kind: 'lab'; readonly lab: JoinedLab}
	| {readonly kind: 'other-version'; readonly hello: Hello; readonly gone: Promise<void>}
	/** The file is there and nobody listens: the engine was killed. */
	| {readonly kind: 'dead'}
	/** Somebody listens and says nothing: the engine was stopped, or the machine has no time for it. */
	| {readonly kind: 'silent'}
	| {readonly kind: 'none'};

/** Asks who is at `path`. */
export async function find(
	path: string,
	name: string,
	onEvent: (event: WatchEvent) => void = () => undefined,
): Promise<Found> {
	const socket = createConnection(path);
	const refused = await new Promise<string | null>((resolve, reject) => {
		socket.once('connect', () => resolve(null));
		socket.once('error', (error: NodeJS.ErrnoException) =>
			['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(error.code ?? '') ? resolve(error.code!) : reject(error),
		);
	});
	if (refused !== null) return {kind: refused === 'ENOENT' ? 'none' : 'dead'};
	const gone = new Promise<void>(resolve => socket.once('close', () => resolve()));
	const {line, hello} = greeted(socket, name, onEvent);
	const said = await hello;
	if (said === null) return {kind: 'dead'};
	if (said === 'silent') return {kind: 'silent'};
	if (said.version !== protocolVersion) {
		socket.end();
		return {kind: 'other-version', hello: said, gone};
	}
	const lab: JoinedLab = {
		name,
		pid: said.pid,
		gone,
		ask: line.ask,
		async probe(flows, timeoutMs, pieceOf) {
			const found = await line.ask('probe', {flows, timeoutMs, ...(pieceOf === undefined ? {} : {pieceOf})});
			return found.map((one, at) => ({flow: flows[at]!, ...one}));
		},
		[Symbol.dispose]: () => void socket.destroy(),
	};
	return {kind: 'lab', lab};
}

/** The hello; null where the engine went before it, `silent` where none came. */
function greeted(
	socket: Socket,
	name: string,
	onEvent: (event: WatchEvent) => void,
): {readonly line: Line; readonly hello: Promise<Hello | 'silent' | null>} {
	const {promise, resolve} = Promise.withResolvers<Hello | 'silent' | null>();
	const line = openLine(socket, {onEvent, onHello: resolve});
	const late = setTimeout(() => {
		resolve('silent');
		socket.destroy();
	}, helloMs);
	socket.once('close', () => {
		resolve(null);
		line.fail(engineGone(name));
	});
	return {line, hello: promise.finally(() => clearTimeout(late))};
}

const engineGone = (name: string): FirebreakError =>
	new FirebreakError('engine-gone', `the lab ${name} is gone`, 'it was taken down or killed; nothing of it is left');

export const silent = (name: string): FirebreakError =>
	new FirebreakError(
		'lab-silent',
		`the engine of ${name} does not answer`,
		'was it stopped (kill -STOP)? ps shows it as engine.ts under unshare; the kernel takes the lab when it ends',
	);

export const otherVersion = (name: string, {version}: Hello): FirebreakError =>
	new FirebreakError(
		'other-version',
		`the lab ${name} was started by another version of Firebreak: its protocol is ${version}, and this one speaks ${protocolVersion}`,
		`firebreak down ${name} and up again, or use the version that started it`,
	);
