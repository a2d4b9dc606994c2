// A lab of containers, before its engine starts and inside it: the first finds out all that can go wrong while nothing is
// there yet, the second makes the containers.
import {randomBytes} from 'node:crypto';
import {FirebreakError} from '../core/model/failure.ts';
import type {Topology} from '../core/model/topology.ts';
import {isRootless} from '../kernel/rootless.ts';
import type {Containers} from '../topologies/docker/containers.ts';
import type {Images, Preparing} from '../topologies/docker/images.ts';
import {openRecord} from './container-records.ts';
import {labsFolder} from './labs-folder.ts';
import type {BootStep} from './progress.ts';

/** What an engine is told of its containers. */
export interface DockerBoot {
	/** Docker's socket, and what answered there. */
	readonly socket: string;
	readonly version: string;
	readonly images: Images;
	/** Twelve hex digits, by which its containers are known. */
	readonly engine: string;
	/** Where it leaves its record. */
	readonly folder: string;
}

/**
 * In the process that will start the engine: Docker answers, and every image is there.
 *
 * @throws FirebreakError `docker-needs-root`, and as `dockerSocket`, `connectDocker` and `ensureImages`
 */
export async function prepareDocker(topology: Topology, preparing: Preparing): Promise<DockerBoot> {
	const [{connectDocker}, {dockerSocket, withSudo}, {ensureImages}] = await Promise.all([
		import('../topologies/docker/connect.ts'),
		import('../topologies/docker/docker-socket.ts'),
		import('../topologies/docker/images.ts'),
	]);
	if (isRootless()) throw needsRoot(withSudo());
	const socket = dockerSocket();
	const {docker, version} = await connectDocker(socket);
	const images = await ensureImages(docker, topology, preparing);
	return {socket, version, images, engine: randomBytes(6).toString('hex'), folder: labsFolder()};
}

/** In the engine. Disposing of them takes the record away too. */
export async function startLabContainers(
	boot: DockerBoot,
	{topology, lab, step}: {readonly topology: Topology; readonly lab: string; readonly step: (step: BootStep) => void},
): Promise<Containers> {
	const {socket, images, engine, folder} = boot;
	const record = await openRecord(folder, {engine, lab, socket});
	const [{dockerClient}, {startContainers}] = await Promise.all([
		import('../topologies/docker/connect.ts'),
		import('../topologies/docker/containers.ts'),
	]);
	const containers = startContainers({docker: await dockerClient(socket), topology, images, lab, engine, step});
	return {
		...containers,
		async healthy() {
			record.complete();
			await containers.healthy();
		},
		async [Symbol.asyncDispose]() {
			await containers[Symbol.asyncDispose]();
			record[Symbol.dispose]();
		},
	};
}

const needsRoot = (sudo: string): FirebreakError =>
	new FirebreakError(
		'docker-needs-root',
		'a lab of containers needs root: only root may enter their networks, whoever may use Docker',
		`${sudo}, or --runtime netns, which needs neither root nor images`,
	);
