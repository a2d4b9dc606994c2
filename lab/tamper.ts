// Root of a pivot takes the rules of its own namespace away: with the rights that its shell has, and by nothing of the
// engine's. What became of them the engine looks at afterwards.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {Writable} from 'node:stream';
import type {Tampered} from '../core/contracts/network.ts';
import type {LiveSite} from '../core/contracts/site.ts';
import type {Parts} from './engine-lab.ts';
import {enterWords, roomPath} from './enter.ts';
import {fence} from './fence.ts';

/** Says what it met where it could not: the first line on its standard error. */
const words = ['sh', '-c', 'nft flush ruleset'] as const;
const environment = {HOME: '/root', USER: 'root', PATH: roomPath};

interface Ran {
	readonly code: number;
	readonly said: string;
}

/** Flushes what is there, once; afterwards its ends are heard no more until rules are put back. */
export async function tamper(parts: Parts, site: LiveSite): Promise<Tampered> {
	const {rules, prober, containers} = parts;
	const {name} = site.workload;
	if ((await rules.tables(site)) === '') return {kind: 'nothing-there'};
	const {code, said} =
		containers?.idOf(name) === undefined ? await inRoom(parts, site) : await inContainer(parts, name);
	if ((await rules.tables(site)) !== '') {
		const reason = said.trim().split('\n')[0] || `exit code ${code}`;
		return {kind: 'refused', reason: reason.slice(0, 120)};
	}
	prober.tampered.add(name);
	return {kind: 'gone'};
}

async function inRoom({rooms}: Parts, site: LiveSite): Promise<Ran> {
	fence();
	const entry = await rooms.enter(site, process.pid);
	const [first, ...rest] = enterWords(entry, words, {environment, from: 'engine'});
	const child = spawn(first!, rest, {stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', env: {PATH: process.env.PATH}});
	let said = '';
	child.stderr.on('data', chunk => (said += chunk));
	const [code] = (await once(child, 'close')) as [number | null];
	return {code: code ?? 137, said};
}

async function inContainer({request, containers}: Parts, workload: string): Promise<Ran> {
	const {openExec} = await import('../topologies/docker/exec-session.ts');
	const container = containers!.idOf(workload)!;
	const session = await openExec({socket: request.docker!.socket, container, words, environment, tty: false});
	let said = '';
	const hear = new Writable({
		write(chunk, _encoding, done) {
			said += chunk;
			done();
		},
	});
	await session.output(hear, hear);
	return {code: await session.exitCode(), said};
}
