// A topology of 200 kinds in four environments, under a policy of 30 rules that tells 28 tiers and the environments apart.
import type {Stack} from '../../../core/model/policy.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {allow, deny, policies} from '../../builders/policy.ts';
import {topology, type WorkloadSpec} from '../../builders/topology.ts';

const environments = ['dev', 'ops', 'prod', 'test'];
const tiers = 28;

export function manyKinds(): {readonly topology: Topology; readonly stack: Stack} {
	const specs: Record<string, WorkloadSpec> = {};
	for (const [net, environment] of environments.entries())
		for (let at = 0; at < 50; at++)
			specs[`s${at}.${environment}`] = {
				labels: {tier: `t${at % tiers}`},
				services: ['http:8000', 'metrics:9100'],
				addresses: [`198.18.${net}.${at + 2}`],
			};
	const stack = policies({
		guardrails: [deny('environments do not mix', {differ: ['env']})],
		rules: [
			...Array.from({length: tiers}, (_, at) =>
				allow(`t${at} calls the next`, {
					from: {tier: `t${at}`},
					to: {tier: `t${(at + 1) % tiers}`},
					on: ['8000/tcp'],
				}),
			),
			allow('metrics', {on: ['9100/tcp']}),
		],
	});
	return {topology: topology(specs), stack};
}
