// Images that are built here, by Docker's own builder: its steps are told, and what it printed last where it fails.
import {Readable} from 'node:stream';
import {stripVTControlCharacters} from 'node:util';
import type Docker from 'dockerode';
import {plainWord} from '../../core/files/plain-word.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import type {Build} from '../../core/model/topology.ts';
import {buildHash, contextArchive, contextEntries} from './build-context.ts';
import {saidBy} from './docker-failure.ts';
import {followed, type Preparing, type PullEvent, progressOf} from './images.ts';
import {hasImage} from './minimal-image.ts';

/** So many lines of a build that fails are told. */
const lastLines = 10;

const inMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

interface BuildEvent extends PullEvent {
	readonly stream?: string;
}

export interface Wanted {
	/** Its folder is absolute. */
	readonly build: Build;
	/** As the file has the folder. */
	readonly told: string;
	/** A workload that is made of it. */
	readonly user: string;
}

/**
 * The name of the image, `firebreak/built:0123456789ab`: its tag follows from what is in the folder, so that nothing is
 * built twice. It stays with Docker.
 *
 * @throws FirebreakError `build-failed`, with the last lines that the build printed
 */
export async function ensureBuilt(
	docker: Docker,
	{build, told, user}: Wanted,
	{tell, interrupted}: Preparing,
): Promise<string> {
	const shown = plainWord(told);
	const printed: string[] = [];
	try {
		const entries = contextEntries(build);
		const name = `firebreak/built:${await buildHash(build, entries)}`;
		if (await hasImage(docker, name)) return name;
		let at = {done: 0, total: 0};
		const say = (waiting: readonly string[] = []): void => tell({stage: 'build', text: shown, ...at, waiting});
		say();
		const stream = (await docker.buildImage(Readable.from(contextArchive(build.context, entries)), {
			t: name,
			rm: true,
			forcerm: true,
			labels: {'firebreak.image': 'built'},
			buildargs: {...build.args},
			...(build.dockerfile !== null && {dockerfile: build.dockerfile}),
			...(build.target !== null && {target: build.target}),
		})) as NodeJS.ReadableStream & {destroy(error?: Error): void};
		const pulled = progressOf((done, total) =>
			say([`what it is built on: ${inMegabytes(done)} of ${inMegabytes(total)} MB`]),
		);
		await followed(docker, stream, interrupted, (event: BuildEvent) => {
			pulled(event);
			for (const line of stripVTControlCharacters(event.stream ?? event.error ?? '')
				.split('\n')
				.map(one => one.trimEnd())) {
				if (line === '') continue;
				printed.push(line);
				if (printed.length > lastLines) printed.shift();
				const step = /^Step (\d+)\/(\d+) ?: *(.*)/i.exec(line);
				if (step === null) continue;
				at = {done: Number(step[1]) - 1, total: Number(step[2])};
				say([step[3]!]);
			}
		});
		at = {done: Math.max(1, at.total), total: Math.max(1, at.total)};
		say();
		return name;
	} catch (error) {
		interrupted.throwIfAborted();
		const last = printed.length === 0 ? saidBy(error) : printed.join('\n    ');
		throw new FirebreakError(
			'build-failed',
			`the image of ${user} cannot be built in ${shown}; it said last:\n    ${last}`,
			`docker build ${plainWord(build.context)} shows all of it; what is mended is built again`,
			{},
			error,
		);
	}
}
