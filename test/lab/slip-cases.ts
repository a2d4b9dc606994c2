// What attackers that try to slip past rules are tested on: one world, the policies, and who runs under which. Read by the
// test and by its fixture.
import type {Placement, Stack} from '../../core/model/policy.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import {attackTopology} from '../builders/attack-world.ts';
import {allow, policies} from '../builders/policy.ts';

/** One run as a test reads it. */
export interface SlipRun {
	readonly fell: readonly string[];
	readonly actions: readonly string[];
	/** `wiki > db:5432/tcp: open, open (egress allow none, ingress allow none)`, without those of discovery. */
	readonly evidence: readonly string[];
}

export const slipWorld = attackTopology({
	wiki: {knows: ['db', 'web', 'api'], needs: ['api:8080', 'db:5432']},
	web: {services: ['http:80']},
	api: {services: ['weak http:8080']},
	db: {services: ['postgres:5432', 'weak dns:53/udp']},
});
const address = (name: string, family: 4 | 6): string =>
	slipWorld.workloads.find(one => one.name === name)!.addresses.find(one => one.family === family)!.address;

const webCallsDb = allow('web calls db', {from: {workload: 'web'}, to: {workload: 'db'}, on: ['5432/tcp']});
const apiCallsDb = allow('api calls db', {from: {workload: 'api'}, to: {workload: 'db'}, on: ['53/udp']});

export const slipStacks = {
	flat: [],
	/** Everybody's ends, both directions: nothing of wiki's may go anywhere. */
	shut: policies({rules: [webCallsDb, apiCallsDb]}),
	/** What comes in alone is judged: by source address. */
	ingress: policies({directions: ['ingress'], rules: [webCallsDb, apiCallsDb]}),
	/** What wiki sends alone is judged. */
	egress: policies({directions: ['egress'], applies: {workload: 'wiki'}}),
	cut: policies({established: 'cut', rules: [webCallsDb, apiCallsDb]}),
	/** Speaks of IPv4 alone. */
	four: policies({
		default: 'allow',
		guardrails: [{action: 'deny', name: 'not to api', to: {cidr: `${address('api', 4)}/32`}}],
	}),
} satisfies Record<string, Stack>;

interface SlipCase {
	readonly name: string;
	readonly under: keyof typeof slipStacks;
	/** `host` where it is left out. */
	readonly at?: Placement;
	readonly techniques: readonly TechniqueName[];
}

const look: readonly TechniqueName[] = ['discover-hosts', 'discover-services'];

export const slipCases: readonly SlipCase[] = [
	...(['flat', 'ingress', 'shut'] as const).map(
		(under): SlipCase => ({name: `spoof ${under}`, under, techniques: ['spoof-source']}),
	),
	...(['flat', 'shut'] as const).flatMap((under): readonly SlipCase[] => [
		{name: `fragment ${under}`, under, techniques: ['fragment']},
		{name: `port ${under}`, under, techniques: ['source-port']},
		{name: `detour ${under}`, under, techniques: [...look, 'exploit-service', 'ipv6-detour']},
		{name: `arp ${under}`, under, techniques: ['discover-hosts', 'arp-poison']},
	]),
	{name: 'detour four', under: 'four', techniques: [...look, 'exploit-service', 'ipv6-detour']},
	{name: 'no detour four', under: 'four', techniques: [...look, 'exploit-service']},
	...(['flat', 'egress', 'shut'] as const).map(
		(under): SlipCase => ({
			name: `tamper ${under}`,
			under,
			techniques: [...look, 'exploit-service', 'tamper-enforcer'],
		}),
	),
	{name: 'tamper once more', under: 'egress', techniques: [...look, 'exploit-service', 'tamper-enforcer']},
	// Without an apply between: the attack itself begins from a clean state.
	{name: 'no tamper again', under: 'egress', techniques: [...look, 'exploit-service']},
	{name: 'tamper and spoof', under: 'shut', techniques: ['tamper-enforcer', 'spoof-source']},
	...(['flat', 'shut', 'cut'] as const).map(
		(under): SlipCase => ({name: `ride ${under}`, under, techniques: [...look, 'exploit-service', 'ride-established']}),
	),
	{name: 'no ride shut', under: 'shut', techniques: [...look, 'exploit-service']},
	...(['fabric', 'gateway', 'host+fabric'] as const).flatMap((at): readonly SlipCase[] => [
		{name: `spoof ${at}`, under: 'ingress', at, techniques: ['spoof-source']},
		{name: `tamper ${at}`, under: 'egress', at, techniques: [...look, 'exploit-service', 'tamper-enforcer']},
		{name: `ride kept ${at}`, under: 'shut', at, techniques: [...look, 'exploit-service', 'ride-established']},
		{name: `ride cut ${at}`, under: 'cut', at, techniques: [...look, 'exploit-service', 'ride-established']},
	]),
];
