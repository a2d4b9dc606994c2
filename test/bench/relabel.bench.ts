// How long from the command until a change of one label's members is in force on every one of 500 workloads? Beside it the
// same change with every table swapped.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Changed} from '../../core/contracts/lab.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {firebreak} from '../system/firebreak.ts';
import {median, skip, tell} from './figure.ts';

const workloads = 500;
/** Even: the label is given and taken as often. */
const rounds = 6;
const limit = {most: 1000};
const asked = {bench: 'relabel', unit: 'ms', also: {workloads}};
const question = 'How long from the command to the last kernel that acknowledged it?';
const reason = whyNoPackets();
if (reason !== null) {
	skip({...asked, question, limit}, reason);
	process.exit();
}

/** Ten scrapers, no two of them neighbours by address, among teams of ten. */
const kinds = Array.from({length: 49}, (_, at) => {
	const kind = (name: string, replicas: number, labels: string): string => `  ${name}:
    replicas: ${replicas}
    labels: { ${labels} }
    network: app
    services: { http: { port: 80 }, metrics: { port: 9100 } }
`;
	const number = String(at).padStart(2, '0');
	const team = kind(`k${number}`, 10, `team: t${at % 10}`);
	return at < 10 ? team + kind(`k${number}s`, 1, 'role: scraper') : team;
});
const topology = `topology: many
networks:
  app: { cidr: 198.18.0.0/16 }
workloads:
${kinds.join('')}`;
/** Under \`cut\` elements are no change by themselves: every table is swapped. */
const policy = (name: string, established: string): string => `policy: ${name}
established: ${established}
rules:
  - { allow: the scrapers ask everybody, from: { role: scraper }, on: [metrics] }
  - { allow: teams talk, from: {}, to: {}, same: [team], on: [http] }
`;

const runtime = mkdtempSync(join(tmpdir(), 'firebreak-relabel-'));
const folder = join(runtime, 'many');
const env = {XDG_RUNTIME_DIR: runtime};
mkdirSync(folder);
writeFileSync(join(folder, 'many.topology.yaml'), topology);
writeFileSync(join(folder, 'elements.policy.yaml'), policy('elements', 'keep'));
writeFileSync(join(folder, 'swap.policy.yaml'), policy('swap', 'cut'));
writeFileSync(
	join(folder, 'rehearsal.yaml'),
	'rehearsal: many\ntopology: many.topology.yaml\ncandidates:\n  elements: elements.policy.yaml\n  swap: swap.policy.yaml\n',
);

const run = async (...words: readonly string[]): Promise<string> => {
	const {code, out, error} = await firebreak(words, {env});
	if (code !== 0) throw new Error(`${words.join(' ')}: ${error}`);
	return out;
};
/** The command as a user gives it, and what it says. Its engine's clock is this one's: CLOCK_MONOTONIC. */
async function relabel(words: readonly string[]): Promise<Changed & {readonly tookMs: number}> {
	const started = performance.now();
	const said = JSON.parse(await run('relabel', ...words, '--lab', 'many', '--format', 'json')) as Changed;
	return {...said, tookMs: performance.now() - started};
}

await run('up', folder, '--name', 'many');
try {
	const found = new Map<string, readonly (Changed & {readonly tookMs: number})[]>();
	for (const candidate of ['elements', 'swap']) {
		await run('apply', candidate, '--lab', 'many');
		const all: (Changed & {readonly tookMs: number})[] = [];
		for (let round = 0; round < rounds; round++) {
			const of = round % 2 === 0 ? ['k29-5', 'role=scraper'] : ['k29-5', 'role-'];
			all.push(await relabel(of));
		}
		found.set(candidate, all);
	}
	const [elements, swap] = [found.get('elements')!, found.get('swap')!];
	const took = (all: typeof elements): number => median(all.map(({tookMs}) => tookMs));
	const spread = (all: typeof elements) => ({
		p50Ms: median(all.map(({propagation}) => propagation.p50Ms!)),
		p99Ms: median(all.map(({propagation}) => propagation.p99Ms!)),
		applyMs: median(all.map(({applyMs}) => applyMs)),
		changed: all.at(-1)!.propagation.changed,
		byElements: all.at(-1)!.propagation.byElements,
	});
	tell({
		...asked,
		question: `${question} (by elements; with all that the command does, from its start to its end)`,
		value: took(elements),
		limit,
		also: {...asked.also, ...spread(elements)},
	});
	tell({
		...asked,
		question: `${question} (established: cut, so that every table is swapped)`,
		value: took(swap),
		limit,
		also: {...asked.also, ...spread(swap)},
	});
	const [a, b] = [spread(elements).applyMs, spread(swap).applyMs];
	tell({
		...asked,
		question: 'How long is the change itself, in the engine, by elements?',
		value: a,
		ratio: {to: 'every table swapped', value: a / b},
		limit: {most: 1},
	});
} finally {
	await run('down', 'many');
	rmSync(runtime, {recursive: true, force: true});
}
process.exit(process.exitCode ?? 0);
