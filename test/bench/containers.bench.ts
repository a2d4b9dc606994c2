// How long until 20 containers are up, wired and under rules, beside Compose with the same 20 in the same run?
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {isRootless} from '../../lab/client.ts';
import {connectDocker} from '../../topologies/docker/connect.ts';
import {dockerSocket} from '../../topologies/docker/docker-socket.ts';
import {ensureMinimalImage} from '../../topologies/docker/minimal-image.ts';
import {median, skip, tell} from './figure.ts';

const about = {
	bench: 'containers',
	question: 'How long does `firebreak up` of 20 workloads with an image take, beside Compose with the same 20?',
	unit: 's',
	limit: {most: 1.1},
} as const;
const workloads = 20;
const times = 5;

/** Compose as a plugin or as a program of its own; undefined where there is neither. */
const compose = [['docker', 'compose'], ['docker-compose']].find(
	([program, ...words]) => spawnSync(program!, [...words, 'version']).status === 0,
);
const host = process.env.FIREBREAK_TEST_DOCKER ?? process.env.DOCKER_HOST;
const socket = dockerSocket(host);
const connected = await connectDocker(socket).catch((error: Error) => error);
if (connected instanceof Error) skip(about, connected.message);
else if (isRootless()) skip(about, 'a lab of containers needs root');
else if (compose === undefined) skip(about, 'there is no Compose here (apt install docker-compose)');
else await measure(await ensureMinimalImage(connected.docker, () => undefined), compose);

async function measure(image: string, [program, ...words]: readonly string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'));
	const names = Array.from({length: workloads}, (_, at) => `w${at}`);
	const each = (line: (name: string) => string): string => names.map(line).join('');
	writeFileSync(
		join(folder, 'b.topology.yaml'),
		`topology: bench\nruntime: docker\nworkloads:\n${each(name => `  ${name}: { image: "${image}" }\n`)}`,
	);
	writeFileSync(join(folder, 'rehearsal.yaml'), 'rehearsal: bench\ntopology: b.topology.yaml\ncandidates: {}\n');
	const file = join(folder, 'compose.yaml');
	writeFileSync(file, `version: "3"\nservices:\n${each(name => `  ${name}: { image: "${image}" }\n`)}`);
	const env = {...process.env, XDG_RUNTIME_DIR: folder, DOCKER_HOST: `unix://${socket}`};
	const timed = (command: string, asked: readonly string[]): number => {
		const started = performance.now();
		const {status, stderr} = spawnSync(command, asked, {encoding: 'utf8', env});
		if (status !== 0) throw new Error(`${command} ${asked.join(' ')}: ${stderr}`);
		return (performance.now() - started) / 1000;
	};
	const main = join(import.meta.dirname, '../../cli/main.ts');
	const firebreak = (...asked: readonly string[]): number => timed(process.execPath, ['--no-warnings', main, ...asked]);
	const composed = (...asked: readonly string[]): number =>
		timed(program!, [...words, '--file', file, '--project-name', 'firebreakbench', ...asked]);
	const ours: number[] = [];
	const theirs: number[] = [];
	try {
		// One after the other, in turns: what else this machine does is shared by both.
		for (let turn = 0; turn < times; turn++) {
			ours.push(firebreak('up', folder, '--name', 'bench'));
			firebreak('down', 'bench');
			theirs.push(composed('up', '--detach'));
			composed('down', '--timeout', '0');
		}
		const [value, other] = [median(ours), median(theirs)];
		tell({
			...about,
			value,
			ratio: {to: `${[program, ...words].join(' ')} up --detach`, value: value / other},
			also: {allSeconds: ours.map(round), composeSeconds: theirs.map(round)},
		});
	} finally {
		spawnSync(process.execPath, ['--no-warnings', main, 'down', '--all'], {env});
		rmSync(folder, {recursive: true, force: true});
	}
}

function round(seconds: number): number {
	return Number(seconds.toFixed(2));
}
