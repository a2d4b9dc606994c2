// The lab that the benchmarks share: ten tiers in two environments under a least-privilege policy of ten rules, written
// as a user writes it and read by the parsers.
import {parsePolicies} from '../../core/files/policy.ts';
import {parseTopology} from '../../core/files/topology.ts';
import type {Stack} from '../../core/model/policy.ts';
import type {Parsed} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';

/** Each tier, the port it serves, and the tiers that may use it. */
const tiers: readonly (readonly [name: string, port: number, callers: readonly string[]])[] = [
	['web', 443, ['edge']],
	['api', 8080, ['web', 'mobile']],
	['db', 5432, ['api', 'worker']],
	['cache', 6379, ['web', 'api']],
	['queue', 5672, ['api', 'worker']],
	['worker', 9000, ['queue']],
	['auth', 8443, ['web', 'api', 'mobile']],
	['search', 9200, ['api']],
	['mobile', 8444, ['edge']],
	['edge', 80, ['web']],
];

/** Allowed wherever a tier's own port is, and nobody listens: for whoever brings a listener along. */
export const loopPort = 7777;

export interface BigLab {
	readonly topology: Topology;
	readonly stack: Stack;
}

/**
 * @param workloads - a multiple of twenty: `workloads / 20` replicas of each tier in `prod` and in `dev`; each listens
 * on its own port and on 22, in both families
 */
export function bigLab(workloads: number): BigLab {
	const replicas = workloads / (2 * tiers.length);
	if (!Number.isInteger(replicas)) throw new Error(`not a multiple of ${2 * tiers.length}: ${workloads}`);
	const topology = right(parseTopology([{file: 'big.topology.yaml', text: topologyText(replicas)}]));
	return {topology, stack: right(parsePolicies([{file: 'least.policy.yaml', text: policyText}], topology))};
}

/** The same as files of a rehearsal, with what `ransomware` does from one web server. */
export const bigLabFiles = (workloads: number): Readonly<Record<string, string>> => ({
	'big.topology.yaml': topologyText(workloads / (2 * tiers.length)),
	'least.policy.yaml': policyText,
	'rehearsal.yaml':
		'rehearsal: big\ntopology: big.topology.yaml\ncandidates:\n  least: least.policy.yaml\nscenarios: [ransomware]\n',
});

const topologyText = (replicas: number): string => `topology: big
environments: [prod, dev]
networks:
  app: { cidr: 198.18.0.0/16 }
workloads:
${tiers
	.map(
		([name, port]) => `  ${name}:
    in: [prod, dev]
    replicas: ${replicas}
    labels: { tier: ${name} }
    network: app
    services: { main: { port: ${port} }, ssh: { port: 22 } }
`,
	)
	.join('')}`;

const policyText = `policy: least
rules:
${tiers
	.map(
		([name, , callers]) => `  - allow: ${name} is used
    from: { tier: [${callers.join(', ')}] }
    to: { tier: ${name} }
    same: [env]
    on: [main, ${loopPort}/tcp]
`,
	)
	.join('')}`;

function right<T>(parsed: Parsed<T>): T {
	if (parsed.kind === 'ok') return parsed.value;
	throw new Error(JSON.stringify(parsed.problems.slice(0, 3)));
}
