// The one place that joins runtime, enforcer, prober and adversary: a lab inside the engine's process.
import type {AttackRun} from '../core/contracts/attack-run.ts';
import {fabricSite, type Ruleset} from '../core/contracts/enforcer.ts';
import type {LabEvent} from '../core/contracts/event.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {Applied, Changed} from '../core/contracts/lab.ts';
import type {LiveSite} from '../core/contracts/site.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Topology} from '../core/model/topology.ts';
import {createNamespaces} from '../kernel/keeper.ts';
import {homeNetns} from '../kernel/netns.ts';
import {type NftPool, startNftPool} from '../kernel/nft-pool.ts';
import {type Reactor, startReactor} from '../kernel/reactor.ts';
import {type Listeners, startListeners} from '../scenarios/wire/listeners.ts';
import {createProber} from '../scenarios/wire/prober.ts';
import type {Prober} from '../scenarios/wire/prober-contract.ts';
import {type HearStray, startWitness, type Witness} from '../scenarios/wire/witness.ts';
import {boot, type Namespaces, type OwnServices, type Booted as Runtime} from '../topologies/boot.ts';
import type {Containers} from '../topologies/docker/containers.ts';
import {type Plan, plan} from '../topologies/plan.ts';
import {countedTurns} from './counted-turns.ts';
import type {AttackOptions} from './engine-attack.ts';
import {fabricRules} from './fabric-rules.ts';
import {farRules} from './far-rules.ts';
import {type Programs, startPrograms} from './programs.ts';
import type {BootStep} from './progress.ts';
import type {Booted, BootRequest, Methods} from './protocol.ts';
import {apply, expectFar, mendTampered} from './put-in-force.ts';
import {createRooms, type Rooms} from './rooms.ts';
import {createRules, type Rules} from './rules.ts';
import {packetTest, selfTest} from './self-test.ts';
import type {Speakers} from './speakers.ts';
import type {RuleCount} from './staying-state.ts';
import type {Talked} from './traffic.ts';

/** How long the programs of workloads may take until they listen. */
const programsMs = 10_000;

const hasProgram: OwnServices = ({run}) => run !== null;

export interface EngineLab extends AsyncDisposable {
	readonly booted: Booted;
	readonly prober: Prober;
	readonly listeners: Listeners;
	readonly witness: Witness;
	readonly runtime: Runtime;
	readonly rooms: Rooms;
	readonly programs: Programs;
	/** Where workloads are containers. */
	readonly containers: Containers | undefined;
	apply(rulesets: readonly Ruleset[]): Promise<Applied>;
	/** Becomes another topology, under these rules. */
	change(topology: Topology, rulesets: readonly Ruleset[]): Promise<Changed>;
	probe(asks: Methods['probe']['asks'], each: (done: number) => void): Promise<readonly Evidence[]>;
	attack(asks: Methods['attack']['asks'], tell: (event: LabEvent) => void, options?: AttackOptions): Promise<AttackRun>;
	/** Calls `hear` from now on with every rule's log of a packet that no probe has sent, and `lose` where logs were lost. */
	hearStrays(hear: HearStray, lose?: (site: string) => void): void;
	/** Real connections of the business, one a flow. */
	traffic(flows: readonly Flow[], timeoutMs: number): Promise<readonly Talked[]>;
	/** What the kernel counted of each rule in force, by name of the counter. */
	counted(): Promise<Readonly<Record<string, RuleCount>>>;
	/** Ends the conversations of all services. */
	hangUp(): void;
}

/** What may be begun before the rest of the engine is read. */
export interface Started {
	/** To which those helpers are added that replacing rules is worth. */
	readonly pool?: Promise<NftPool>;
	/** As many as there are workloads. */
	readonly namespaces?: Promise<Namespaces>;
	/** That the namespaces are of. */
	readonly containers?: Containers | undefined;
	/** Told of what the boot waits for. */
	readonly step?: (step: BootStep) => void;
	/** Left out: every service is the lab's. */
	readonly ownServices?: OwnServices;
}

/**
 * Boots a lab in the namespaces this process is in. Everything it makes ends with the process.
 *
 * @param started - what is begun already, ready or not; else it is begun here. The lab ends it
 * @throws FirebreakError `way-out` (nothing ran), `apply-refused`, `no-libnftables`, `no-nested-userns`
 */
export async function bootLab(request: BootRequest, started: Started = {}): Promise<EngineLab> {
	const startedMs = performance.now();
	const layout = plan(request.topology, request.lab);
	selfTest([], new Set(layout.owners.keys()));
	const ruling = (started.pool ?? startNftPool(2)).then(async pool => {
		const rules = createRules(pool);
		await rules.own(homeNetns(), fabricRules(request.lab));
		await rules.load(
			request.rulesets.filter(({site}) => site === fabricSite),
			[],
		);
		return {pool, rules};
	});
	ruling.catch(() => undefined);
	const {step = () => undefined} = started;
	const made = await (started.namespaces ?? createNamespaces(layout.sites.length, request.rootless));
	const namespaces = {...made, turns: countedTurns(made.turns, layout.sites.length, step)};
	const rulesetOf = new Map(request.rulesets.map(ruleset => [ruleset.site, ruleset]));
	const protect = async (sites: readonly LiveSite[]): Promise<void> => {
		const {rules} = await ruling;
		for (const {netns, ownServices} of sites) if (ownServices) await rules.own(netns, farRules(request.lab));
		await rules.load(
			sites.flatMap(({workload}) => rulesetOf.get(workload.name) ?? []),
			sites,
		);
	};
	const ownServices = started.ownServices ?? started.containers?.ownServices ?? hasProgram;
	const booting = boot(layout, namespaces, protect, ownServices);
	booting.catch(() => undefined);
	// What speaks is read while others make the namespaces; what attacks, when something does.
	const {createSpeakers} = await import('./speakers.ts');
	const runtime = await booting;
	const {pool, rules} = await ruling;
	const owned = new Set(layout.owners.keys());
	selfTest(runtime.sites, owned);
	if (runtime.sites[0] !== undefined) await packetTest(runtime.sites[0], owned, 1000);
	const reactor = startReactor();
	const prober = createProber(runtime.sites, reactor);
	const speakers = createSpeakers(request.topology);
	const watch = {sites: runtime.sites, reactor, pending: prober.pending, onChange: prober.onChange};
	let hearStray: HearStray = () => undefined;
	let lose = (_site: string): void => undefined;
	const witness = startWitness({
		...watch,
		fabric: homeNetns(),
		sent: prober.sent,
		onStray: (...stray) => hearStray(...stray),
		onLost: site => lose(site),
	});
	const {speaker, beside} = speakers;
	const listeners = startListeners({...watch, sctp: prober.sctp, speaker, beside, seed: request.seed});
	const {topology, rootless} = request;
	const {containers} = started;
	const rooms = createRooms({topology, user: runtime.user, rootless, reactor});
	await containers?.open(runtime.sites);
	await containers?.healthy();
	const helpers = helperCount(layout.sites.length);
	const booted = {bootMs: performance.now() - startedMs, nft: await rules.version(), helpers};
	pool.grow(helpers).catch(() => undefined);
	const hearStrays: Parts['hearStrays'] = (hear, whenLost = () => undefined) => {
		hearStray = hear;
		lose = whenLost;
	};
	const programs = await startPrograms({
		sites: containers === undefined ? runtime.sites : [],
		rooms,
		patienceMs: programsMs,
		step,
	});
	const parts = {
		request,
		plan: layout,
		booted,
		runtime,
		containers,
		rooms,
		programs,
		pool,
		rules,
		reactor,
		prober,
		speakers,
		witness,
	};
	expectFar(parts, request.rulesets);
	return assemble({...parts, listeners, hearStrays});
}

/** Enough that the kernel's waits overlap, without more processes than a small lab is worth. */
const helperCount = (sites: number): number => (sites <= 8 ? 2 : sites <= 64 ? 4 : 8);

export interface Parts {
	/** What the lab is now. */
	request: BootRequest;
	plan: Plan;
	readonly booted: Booted;
	readonly runtime: Runtime;
	readonly rooms: Rooms;
	readonly programs: Programs;
	readonly containers: Containers | undefined;
	readonly pool: NftPool;
	readonly rules: Rules;
	readonly reactor: Reactor;
	readonly prober: Prober;
	readonly speakers: Speakers;
	readonly witness: Witness;
	readonly listeners: Listeners;
	readonly hearStrays: EngineLab['hearStrays'];
}

function assemble(parts: Parts): EngineLab {
	const {booted, runtime, rooms, programs, rules, prober, witness, listeners, reactor, pool} = parts;
	return {
		booted,
		prober,
		listeners,
		witness,
		runtime,
		rooms,
		programs,
		containers: parts.containers,
		apply: rulesets => apply(parts, rulesets),
		async change(topology, rulesets) {
			const {changeLab} = await import('./change-lab.ts');
			await mendTampered(parts);
			const changed = await changeLab(parts, topology, rulesets);
			expectFar(parts, rulesets);
			return changed;
		},
		probe: ({flows, ...options}, each) => prober.probe(flows, {...options, each}),
		async attack(asks, tell, options) {
			const {attack} = await import('./engine-attack.ts');
			return attack(parts, asks, tell, options);
		},
		hearStrays: parts.hearStrays,
		async traffic(flows, timeoutMs) {
			const {talk} = await import('./traffic.ts');
			return talk(parts, flows, timeoutMs);
		},
		counted: () => rules.counted(runtime.sites),
		hangUp: () => listeners.hangUp(),
		async [Symbol.asyncDispose]() {
			listeners[Symbol.dispose]();
			prober[Symbol.dispose]();
			witness[Symbol.dispose]();
			await reactor[Symbol.asyncDispose]();
			await runtime[Symbol.asyncDispose]();
			await pool[Symbol.asyncDispose]();
		},
	};
}
