// The images of a topology: those that are there are used as they are, the others are pulled.
import type Docker from 'dockerode';
import type {StageStep} from '../../core/contracts/stage.ts';
import {nearest} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';
import {buildKey} from './build-key.ts';
import {dockerFailure, saidBy, statusOf} from './docker-failure.ts';
import {type ImageProgram, imageProgram} from './image-program.ts';
import {ensureMinimalImage, hasImage} from './minimal-image.ts';

/** Progress is told no more often. */
const betweenMs = 200;

export interface Images {
	/** Name of the image of workloads that name none; null where all do. */
	readonly minimal: string | null;
	/** What each image of the user's starts, by its name. */
	readonly programs: Readonly<Record<string, ImageProgram>>;
	/** Names of those that were built, by `buildKey`. */
	readonly built: Readonly<Record<string, string>>;
}

/** The image that a workload's container is made of. */
export const imageOf = ({image, build}: Workload, images: Images): string =>
	build === undefined ? (image ?? images.minimal!) : images.built[buildKey(build)]!;

export interface Preparing {
	readonly tell: (step: StageStep) => void;
	/** Aborted: a pull stops, and the signal's reason is thrown. */
	readonly interrupted: AbortSignal;
}

/** @throws FirebreakError `no-image` and `build-failed` naming who needs it, `docker-refused`, `no-minimal-image` */
export async function ensureImages(docker: Docker, {workloads}: Topology, preparing: Preparing): Promise<Images> {
	const users = Map.groupBy(
		workloads.filter(({image, build}) => image !== null && build === undefined),
		({image}) => image!,
	);
	const built: Record<string, string> = {};
	const programs: Record<string, ImageProgram> = {};
	for (const [name, [user]] of users) {
		preparing.interrupted.throwIfAborted();
		if (!(await isHere(docker, name))) await pull(docker, {name, user: user!.name}, preparing);
		programs[name] = imageProgram(await docker.getImage(name).inspect());
	}
	for (const {build, image, name: user} of workloads) {
		if (build === undefined || built[buildKey(build)] !== undefined) continue;
		preparing.interrupted.throwIfAborted();
		const {ensureBuilt} = await import('./build-image.ts');
		const name = await ensureBuilt(docker, {build, told: image!, user}, preparing);
		built[buildKey(build)] = name;
		programs[name] = imageProgram(await docker.getImage(name).inspect());
	}
	const minimal = workloads.some(({image}) => image === null) ? await ensureMinimalImage(docker, preparing.tell) : null;
	return {minimal, programs, built};
}

const isHere = (docker: Docker, name: string): Promise<boolean> =>
	hasImage(docker, name).catch(error => {
		throw dockerFailure(error, `look for the image ${name}`, 'an image is named as in: docker pull NAME:TAG');
	});

interface Wanted {
	readonly name: string;
	/** A workload that names it. */
	readonly user: string;
}

async function pull(docker: Docker, wanted: Wanted, {tell, interrupted}: Preparing): Promise<void> {
	const {name} = wanted;
	const pulling = {stage: 'pull', text: plainWord(name)};
	let size = 1;
	tell({...pulling, done: 0, total: 0});
	// What is downloaded is not unpacked yet.
	const each = progressOf((done, total) => {
		size = total;
		tell({...pulling, done: Math.min(done, total - 1), total});
	});
	try {
		const stream = (await docker.pull(name)) as NodeJS.ReadableStream & {destroy(error?: Error): void};
		await followed(docker, stream, interrupted, each);
	} catch (error) {
		interrupted.throwIfAborted();
		throw await notHere(docker, wanted, error);
	}
	tell({...pulling, done: size, total: size});
}

/** Resolves with the end of what Docker does, and throws what it complains of. Where it is interrupted, Docker stops too. */
export async function followed(
	docker: Docker,
	stream: NodeJS.ReadableStream & {destroy(error?: Error): void},
	interrupted: AbortSignal,
	each: (event: PullEvent) => void,
): Promise<void> {
	const stop = (): void => stream.destroy(interrupted.reason as Error);
	if (interrupted.aborted) stop();
	interrupted.addEventListener('abort', stop, {once: true});
	try {
		await new Promise<void>((resolve, reject) => {
			stream.once('error', reject);
			stream.once('close', () => setImmediate(() => reject(new Error('the connection to Docker was closed'))));
			// What goes wrong after the answer began is one of its lines.
			let failed: Error | undefined;
			const hear = (event: PullEvent): void => {
				if (event.error !== undefined) failed ??= new Error(event.error);
				each(event);
			};
			const end = (error: Error | null): void => {
				const wrong = error ?? failed;
				if (wrong === undefined) resolve();
				else reject(wrong);
			};
			docker.modem.followProgress(stream, end, hear);
		});
	} finally {
		interrupted.removeEventListener('abort', stop);
	}
}

/** One line of Docker's answer: of a layer, how much of it is here. */
export interface PullEvent {
	readonly id?: string;
	readonly status?: string;
	readonly error?: string;
	readonly progressDetail?: {readonly current?: number; readonly total?: number};
}

/** Sums what Docker says of each layer. */
export function progressOf(tell: (done: number, total: number) => void, now = () => performance.now()) {
	const layers = new Map<string, {readonly current: number; readonly total: number}>();
	let toldMs = now();
	return ({id, status, progressDetail}: PullEvent): void => {
		const {current, total} = progressDetail ?? {};
		if (status !== 'Downloading' || id === undefined || current === undefined || total === undefined) return;
		layers.set(id, {current, total});
		if (now() - toldMs < betweenMs) return;
		toldMs = now();
		const sum = (part: 'current' | 'total'): number =>
			[...layers.values()].reduce((bytes, layer) => bytes + layer[part], 0);
		tell(sum('current'), sum('total'));
	};
}

async function notHere(docker: Docker, {name, user}: Wanted, error: unknown): Promise<Error> {
	if (statusOf(error) === undefined && !(error instanceof Error)) return dockerFailure(error, `pull ${name}`, '');
	const images = await docker.listImages().catch(() => []);
	const near = nearest(
		name,
		images.flatMap(({RepoTags}) => RepoTags ?? []),
	);
	return new FirebreakError(
		'no-image',
		`the image ${plainWord(name)} of ${user} is not here and cannot be pulled: ${saidBy(error)}`,
		`${near === undefined ? '' : `did you mean ${near}? or `}docker pull ${plainWord(name)} by hand (docker login where it is private): what is here is not pulled again`,
		{},
		error,
	);
}
