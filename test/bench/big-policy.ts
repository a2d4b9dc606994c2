// A data centre by the seed, as a user would write it: environments × applications × tiers, and a policy of many rules.
import {parsePolicies} from '../../core/files/policy.ts';
import {parseTopology} from '../../core/files/topology.ts';
import type {Stack} from '../../core/model/policy.ts';
import type {Parsed} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {type Chance, seeded} from '../builders/seeded.ts';

export interface Source {
	readonly file: string;
	readonly text: string;
}

export interface DataCentre {
	readonly topologies: readonly Source[];
	readonly policies: readonly Source[];
}

const environments = ['prod', 'stage', 'test', 'dev', 'lab'];
const tiers = ['web', 'api', 'queue', 'db'] as const;
type Tier = (typeof tiers)[number];

const services: Readonly<Record<Tier, string>> = {
	web: 'https: { port: 443, speaks: http }',
	api: 'http: { port: 8080, speaks: http }, admin: { port: 8443, speaks: http }',
	queue: 'amqp: { port: 5672 }, redis: { port: 6379, speaks: redis }',
	db: 'postgres: { port: 5432, speaks: postgres }',
};

/** So many applications, each in five environments and four tiers: `applications × 20` kinds of `replicas` workloads. */
export function dataCentre({
	applications,
	replicas,
	rules,
	seed,
}: {
	readonly applications: number;
	readonly replicas: number;
	readonly rules: number;
	readonly seed: number;
}): DataCentre {
	const chance = seeded(seed);
	const names = Array.from({length: applications}, (_, at) => `a${at}`);
	const parts = Array.from({length: 4}, (_, at) => names.filter((_name, number) => number % 4 === at));
	return {
		topologies: parts.map((part, at) => ({
			file: `part-${at}.topology.yaml`,
			text: topologyText(chance, part, {replicas, first: at === 0}),
		})),
		policies: [{file: 'big.policy.yaml', text: policyText(chance, names, rules)}],
	};
}

function topologyText(
	chance: Chance,
	names: readonly string[],
	{replicas, first}: {readonly replicas: number; readonly first: boolean},
): string {
	const lines = [`topology: big-${names[0]}`, `environments: [${environments.join(', ')}]`];
	if (first) lines.push('networks:', '  app: { cidr: 10.0.0.0/8 }');
	lines.push('workloads:');
	for (const name of names)
		for (const [at, tier] of tiers.entries()) {
			const weak = chance.often(0.2) ? ', weak: [CVE-2021-44228]' : '';
			lines.push(
				`  ${name}-${tier}:`,
				`    in: [${environments.join(', ')}]`,
				`    labels: { app: ${name}, tier: ${tier}, team: t${Number(name.slice(1)) % 25} }`,
				`    replicas: ${replicas}`,
				'    network: app',
				`    services: { ${services[tier]}, ssh: { port: 22, speaks: ssh${weak} }, metrics: { port: 9100, speaks: http } }`,
			);
			if (at < 3) lines.push(`    needs: [${name}-${tiers[at + 1]}:${['http', 'amqp', 'postgres'][at]}]`);
			if (chance.often(0.1)) lines.push(`    holds: [${chance.pick(['ops-key', 'db-password'])}]`);
		}
	if (first)
		lines.push(
			'secrets:',
			'  ops-key: { kind: ssh-key, per: [env], opens: [{ service: ssh, of: { tier: [web, api] } }] }',
			'  db-password: { kind: password, per: [env], opens: [{ service: postgres, of: { tier: db } }] }',
		);
	return `${lines.join('\n')}\n`;
}

const ports = ['8080/tcp', '443/tcp', '5672/tcp', '5432/tcp', '8000-8999/tcp', '6379/tcp'];
const named: Readonly<Record<Tier, readonly string[]>> = {
	web: ['https'],
	api: ['http', 'admin'],
	queue: ['amqp', 'redis'],
	db: ['postgres'],
};

function policyText(chance: Chance, names: readonly string[], count: number): string {
	const some = (): string => `[${[...new Set([0, 1, 2, 3].map(() => chance.pick(names)))].join(', ')}]`;
	const guardrails = Math.ceil(count / 50);
	const lines = ['policy: big', 'guardrails:'];
	for (let at = 0; at < guardrails; at++) {
		const team = `t${at % Math.min(25, names.length)}`;
		if (at % 4 === 0) lines.push(`  - { pass: scrape ${at}, from: { team: ${team} }, to: {}, on: [9100/tcp] }`);
		else if (at % 4 === 1)
			lines.push(`  - { deny: mixing ${at}, from: { team: ${team} }, differ: [env], unless: [{ on: [9100/tcp] }] }`);
		else if (at % 4 === 2) lines.push(`  - { deny: far ${at}, to: { cidr: 203.0.${at}.0/24 } }`);
		else
			lines.push(`  - { deny: consoles ${at}, from: { team: { not: ${team} } }, to: { team: ${team} }, on: [admin] }`);
	}
	lines.push('  - { deny: environments do not mix, differ: [env] }', 'rules:');
	for (let at = guardrails + 1; at < count; at++) {
		const [from, to] = [chance.pick(tiers), chance.pick(tiers)];
		const kind = chance.below(20);
		if (kind < 9)
			lines.push(
				`  - { allow: own ${at}, from: { tier: ${from}, app: ${some()} }, to: { tier: ${to} }, same: [env, app], on: [${chance.pick(ports)}] }`,
			);
		else if (kind < 15)
			lines.push(
				`  - { allow: other ${at}, from: { tier: ${from}, app: ${chance.pick(names)} }, to: { tier: ${to}, app: ${some()} }, same: [env], on: [${chance.pick(named[to])}] }`,
			);
		else if (kind < 17)
			lines.push(
				`  - { allow: range ${at}, from: { cidr: 10.${at % 160}.0.0/16, except: [10.${at % 160}.7.0/24] }, to: { tier: ${to} }, same: [env], on: [443/tcp] }`,
			);
		else if (kind < 19)
			lines.push(
				`  - { allow: team ${at}, from: { team: t${at % Math.min(25, names.length)} }, to: { team: t${at % Math.min(25, names.length)} }, same: [env], on: [ssh] }`,
			);
		else lines.push(`  - { allow: tier ${at}, from: { tier: ${from} }, to: { tier: ${to} }, same: [env, app] }`);
	}
	return `${lines.join('\n')}\n`;
}

export function read({topologies, policies}: DataCentre): {readonly topology: Topology; readonly stack: Stack} {
	const topology = parsedValue(parseTopology(topologies));
	return {topology, stack: parsedValue(parsePolicies(policies, topology))};
}

export function parsedValue<T>(parsed: Parsed<T>): T {
	if (parsed.kind === 'ok') return parsed.value;
	const [first] = parsed.problems;
	throw new Error(`${first!.where.file}:${first!.where.line}: ${first!.what} (${first!.mend})`);
}
