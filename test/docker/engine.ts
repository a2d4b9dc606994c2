// The Docker engine that tests may use: one of their own, which FIREBREAK_TEST_DOCKER names. What an ordinary machine's
// Docker holds is left alone.
import {chmodSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type Docker from 'dockerode';
import {isRootless} from '../../kernel/rootless.ts';
import {connectDocker} from '../../topologies/docker/connect.ts';
import {dockerSocket} from '../../topologies/docker/docker-socket.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {type Ended, firebreak} from '../system/firebreak.ts';

const host = process.env.FIREBREAK_TEST_DOCKER;

/** Why tests of containers cannot run here; null where they can. */
export const whyNoDocker: string | null =
	host === undefined || host === ''
		? 'FIREBREAK_TEST_DOCKER names no Docker engine for tests'
		: isRootless()
			? 'a lab of containers needs root'
			: whyNoPackets();

export const docker = whyNoDocker === null ? test.serial : test.skip;
export const titled = (title: string, why = whyNoDocker): string =>
	why === null ? title : `${title} (skipped: ${why})`;

export const engine = async (): Promise<Docker> => (await connectDocker(dockerSocket(host))).docker;

/** Labs of this test alone: their folder goes with the process. */
const runtime = mkdtempSync(join(tmpdir(), 'fb-docker-'));
chmodSync(runtime, 0o700);
process.once('exit', () => rmSync(runtime, {recursive: true, force: true}));
export const place = {env: {DOCKER_HOST: host ?? '', XDG_RUNTIME_DIR: runtime}} as const;
export const labsFolder = join(runtime, 'firebreak');

/** `firebreak words`, with the tests' engine and a folder of labs of its own. */
export const run = (...words: readonly string[]): Promise<Ended> => firebreak(words, place);

/** Names of the containers that are there, and of those the lab's. */
export async function containers(lab = ''): Promise<readonly string[]> {
	const all = await (await engine()).listContainers({all: true});
	return all
		.flatMap(({Names}) => Names.map(name => name.slice(1)))
		.filter(name => name.startsWith(lab === '' ? '' : `firebreak-${lab}-`))
		.sort();
}
