// The docker runtime: a container for each workload of a plan, made without a network, and its namespace handed over.
// Everything after that is the same code as for namespaces of the lab's own.
import {readFileSync} from 'node:fs';
import type Docker from 'dockerode';
import type {StageStep} from '../../core/contracts/stage.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';
import {closeNetns, openNetns} from '../../kernel/netns.ts';
import type {BootedSite, Namespaces, OwnServices} from '../boot.ts';
import {containerExited, notHealthy, notWatched} from './container-errors.ts';
import {healthOf} from './container-health.ts';
import {type ContainerPlace, containerSpec, hostLines} from './container-spec.ts';
import {dockerFailure, saidBy, statusOf} from './docker-failure.ts';
import {eachOf} from './each-of.ts';
import {makeGate, openGates} from './gate.ts';
import {gateWords} from './image-program.ts';
import {type Images, imageOf} from './images.ts';
import {ofEngine, removeContainers} from './remove-containers.ts';

/** Namespaces that are handed over at once. */
const turn = 20;
const healthMs = 200;

export interface ContainersInput {
	readonly docker: Docker;
	readonly topology: Topology;
	readonly images: Images;
	/** Id of the lab, for their names. */
	readonly lab: string;
	/** Whose they are, for the label by which they are found again. */
	readonly engine: string;
	/** Told of what is waited for. */
	readonly step: (step: Omit<StageStep, 'stage'>) => void;
}

export interface Containers extends Namespaces, AsyncDisposable {
	/** Those of an image of the user's. */
	readonly ownServices: OwnServices;
	/** The container of that workload, once its namespace was handed over. */
	idOf(workload: string): string | undefined;
	/** Lets their programs go, now that links and rules are there. @throws FirebreakError `container-exited` */
	open(sites: readonly BootedSite[]): Promise<void>;
	/** Resolves when each that has a health check passes it. @throws FirebreakError `container-exited`, `container-unhealthy` */
	healthy(): Promise<void>;
	/** @throws FirebreakError `container-exited` where the program of one has ended */
	running(): Promise<void>;
}

/** Begins at once; what goes wrong is thrown by `turns`. Disposing of them removes every one, also in the middle of the start. */
export function startContainers(input: ContainersInput): Containers {
	const {docker, topology, engine, step} = input;
	const {workloads} = topology;
	const ids: string[] = [];
	const pids: number[] = [];
	const gated = new Set<string>();
	const waiting = workloads.map(() => Promise.withResolvers<number>());
	for (const {promise} of waiting) promise.catch(() => undefined);
	let openedAt = 0;
	let stopping = false;
	const unlessStopping = (): void => {
		if (stopping) throw new Error('the lab is taken down');
	};
	/** To be called with each that is there. */
	const counting = (text: string): ((workload: Workload) => void) => {
		const missing = new Set(workloads.map(({name}) => name));
		return ({name}) => {
			missing.delete(name);
			step({text, done: workloads.length - missing.size, total: workloads.length, waiting: [...missing]});
		};
	};
	const starting = (async () => {
		const some = workloads.find(({image}) => image !== null);
		const image = some === undefined ? null : imageOf(some, input.images);
		const holder = image === null ? null : await makeGate(docker, {...input, image});
		const made = counting('containers made');
		await eachOf(workloads, async (workload, at) => {
			unlessStopping();
			const gate = holder === null ? null : gateOf(workload, input.images, holder);
			if (gate !== null) gated.add(workload.name);
			ids[at] = await create(input, workload, at, gate);
			made(workload);
		});
		// All are there before the first runs: what one of them waits for comes soon.
		const started = counting('containers started');
		await eachOf(workloads, async (workload, at) => {
			unlessStopping();
			const {netns, pid} = await start(input, ids[at]!, workload);
			pids[at] = pid;
			waiting[at]!.resolve(netns);
			started(workload);
		});
	})();
	starting.catch(error => {
		for (const {reject} of waiting) reject(error);
	});
	const idOf = (workload: string): string | undefined => ids[workloads.findIndex(({name}) => name === workload)];
	const running = async (): Promise<void> => {
		// Docker and Podman refuse each other's words for states in a question.
		const exited = (await ofEngine(docker, engine)).find(({State}) => ['exited', 'dead', 'stopped'].includes(State));
		if (exited === undefined) return;
		const at = ids.indexOf(exited.Id);
		throw await containerExited(docker, exited.Id, workloads[at]!);
	};
	let removing: Promise<void> | undefined;
	return {
		user: null,
		turns: inTurns(waiting.map(({promise}) => promise)),
		ownServices: ({image}) => image !== null,
		idOf,
		running,
		async open(sites) {
			const waiting = sites.flatMap((site, at) => (gated.has(site.workload.name) ? {site, pid: pids[at]!} : []));
			openedAt = Date.now();
			await openGates(waiting, topology.dependencies, {running, step});
		},
		async healthy() {
			const checked = new Set(ids);
			const nameOf = (id: string): string => workloads[ids.indexOf(id)]!.name;
			while (checked.size > 0) {
				await running();
				await eachOf([...checked], async id => {
					const health = healthOf(await docker.getContainer(id).inspect(), openedAt, Date.now());
					if (health.kind === 'unhealthy') throw notHealthy(workloads[ids.indexOf(id)]!, health.said);
					if (health.kind === 'unwatched') throw notWatched(workloads[ids.indexOf(id)]!);
					if (health.kind === 'well') checked.delete(id);
				});
				step({
					text: 'containers healthy',
					done: ids.length - checked.size,
					total: ids.length,
					waiting: [...checked].map(nameOf),
				});
				if (checked.size > 0) await new Promise(resolve => setTimeout(resolve, healthMs));
			}
		},
		async [Symbol.asyncDispose]() {
			stopping = true;
			removing ??= (async () => {
				await starting.catch(() => undefined);
				await removeContainers(docker, engine);
			})();
			await removing;
		},
	};
}

async function* inTurns(all: readonly Promise<number>[]): AsyncGenerator<readonly number[]> {
	for (let at = 0; at < all.length; at += turn) yield await Promise.all(all.slice(at, at + turn));
}

/** Null where no program of the user's is to wait. */
function gateOf(workload: Workload, images: Images, holder: string): ContainerPlace['gate'] {
	const program = workload.image === null ? undefined : images.programs[imageOf(workload, images)];
	const words = program === undefined ? [] : gateWords(program, workload);
	return words.length === 0 ? null : {holder, words};
}

async function create(
	input: ContainersInput,
	workload: Workload,
	at: number,
	gate: ContainerPlace['gate'],
): Promise<string> {
	const {docker, topology, images, lab, engine} = input;
	const image = imageOf(workload, images);
	const spec = containerSpec(workload, {lab, engine, at, image, hosts: hostLines(topology, workload), gate});
	try {
		return (await docker.createContainer(spec)).id;
	} catch (error) {
		// Podman answers 500.
		const taken = statusOf(error) === 409 || /already in use/.test(saidBy(error));
		throw dockerFailure(
			error,
			`make the container of ${workload.name}`,
			taken
				? `docker rm -f ${spec.name} if it is yours, or another name of the lab`
				: 'see its image, command and volumes',
		);
	}
}

/** Runs its program and opens its namespace, which from then on lives as long as the descriptor. */
async function start(
	{docker, images}: ContainersInput,
	id: string,
	workload: Workload,
): Promise<{readonly netns: number; readonly pid: number}> {
	const container = docker.getContainer(id);
	try {
		await container.start();
	} catch (error) {
		throw dockerFailure(
			error,
			`start ${workload.name}`,
			`see its image and its command: docker inspect ${imageOf(workload, images)}`,
		);
	}
	const {State} = await container.inspect();
	const netns = State.Running && State.Pid > 0 ? namespaceOf(State.Pid, id) : 'gone';
	if (netns !== 'gone') return {netns, pid: State.Pid};
	const {State: now} = await container.inspect();
	throw now.Running && now.Pid === State.Pid ? elsewhere() : await containerExited(docker, id, workload);
}

/** Opened first and then looked at: a process of that number that has files of this container is the one that was opened. */
function namespaceOf(pid: number, container: string): number | 'gone' {
	let netns: number | undefined;
	try {
		netns = openNetns(`/proc/${pid}/ns/net`);
		if (readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(container)) return netns;
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (netns !== undefined) closeNetns(netns);
		if (code === 'ENOENT' || code === 'ESRCH') return 'gone';
		throw error;
	}
	closeNetns(netns);
	throw elsewhere();
}

const elsewhere = (): FirebreakError =>
	new FirebreakError(
		'docker-elsewhere',
		'the containers of this Docker do not run where Firebreak runs: their processes are not seen here',
		'run firebreak on the machine itself, not in a container beside its Docker; or --runtime netns',
	);
