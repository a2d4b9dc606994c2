// A lab that stays, as many clients at once use it: what they may ask, what is counted and kept, and who is told.
import type {Duplex} from 'node:stream';
import type {AttackRun} from '../core/contracts/attack-run.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {Applied, Changed} from '../core/contracts/lab.ts';
import type {SeenFlows} from '../core/flows/flow-row.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {createPacer, type Pacer} from './attack-pace.ts';
import {type Audience, createAudience} from './audience.ts';
import {changeText} from './change-text.ts';
import type {AttackOptions} from './engine-attack.ts';
import type {EngineLab} from './engine-lab.ts';
import {createInForce} from './in-force.ts';
import {createNotes} from './notes.ts';
import {endNamer, packetEvents} from './packet-events.ts';
import {probeProgress} from './progress.ts';
import type {BootRequest, Methods, StayRequest, TapEntry} from './protocol.ts';
import {createSeen} from './seen.ts';
import type {Hits, LabStatus} from './staying-state.ts';
import {createTally} from './tally.ts';

/** Flows of one action that watchers are told of, at most: a sweep has thousands. */
const mostEvidence = 64;

/** How long after a packet its logs may be read. */
const lateLogsMs = 100;

/** Which client asks (`#3`), and whether it is still there. */
export interface Asker {
	readonly number: number;
	readonly signal: AbortSignal;
	readonly stream: Duplex;
}
type Asks<M extends keyof Methods> = Methods[M]['asks'];

export interface Staying {
	readonly audience: Audience;
	apply(asks: Asks<'apply'>, by: Asker): Promise<Applied>;
	confirm(by: Asker): Methods['confirm']['gives'];
	reset(asks: Asks<'reset'>, by: Asker): Promise<Applied>;
	change(asks: Asks<'change'>, by: Asker): Promise<Changed>;
	probe(asks: Asks<'probe'>, by: Asker): Promise<readonly Evidence[]>;
	attack(asks: Asks<'attack'>, by: Asker): Promise<AttackRun>;
	/** Of the attack under way. */
	pace(asks: Asks<'pace'>): Methods['pace']['gives'];
	stop(): Methods['stop']['gives'];
	enter(asks: Asks<'enter'>, by: Asker): Promise<Methods['enter']['gives']>;
	tap(asks: Asks<'tap'>, by: Asker): TapEntry;
	status(clients: number, busy: string | null): LabStatus;
	describe(): Methods['describe']['gives'];
	logs(): Methods['logs']['gives'];
	flows(): Promise<SeenFlows>;
	hits(): Promise<Hits>;
	traffic(asks: Asks<'traffic'>, by: Asker): Promise<Methods['traffic']['gives']>;
	note(text: string): void;
	end(): void;
}

const now = (): number => performance.now();

const stopped = (): FirebreakError =>
	new FirebreakError('attack-stopped', 'the attack was stopped by another client', 'firebreak logs says by whom');

export function createStaying(lab: EngineLab, boot: BootRequest, stay: StayRequest): Staying {
	let {rehearsal} = stay;
	let namer = endNamer(rehearsal.topology);
	const named = (address: string) => namer(address);
	const foreignServices = lab.runtime.sites
		.filter(({ownServices}) => ownServices)
		.reduce((sum, {workload}) => sum + workload.services.length, 0);
	const runtime = boot.docker === undefined ? 'netns' : 'docker';
	const audience = createAudience(now);
	const tally = createTally();
	const seen = createSeen(lab, named, stay.inForce);
	const {tell} = audience;
	const {kept: notes, add: note} = createNotes(now, tell);
	const holder = createInForce(
		{inForce: stay.inForce, rulesets: boot.rulesets},
		{
			load: rulesets => lab.apply(rulesets),
			onChange({now: inForce, until}, {applyMs}, why) {
				const {name} = inForce;
				seen.under(name, inForce.stack);
				tell({kind: 'policy-applied', candidate: name, inForce, applyMs, atMs: now()});
				if (why === 'reverted') note(`nobody confirmed: ${name} is in force again`);
				else if (until !== null) note(`${name} goes at ${new Date(until.at).toISOString()} unless it is confirmed`);
			},
			onTrouble: error => note(`what was in force before could not be put back: ${String(error)}`),
		},
	);
	let attacks = 0;
	let underWay: {readonly pacer: Pacer; readonly stop: AbortController} | undefined;
	const candidate = (): string => holder.state.now.name;
	lab.hearStrays(
		packetEvents(named, (event, sourcePort) => {
			// An attacker's sweep: the fabric says that nobody is there, often before the sender's rules say a word.
			if (attacks > 0 && event.destination.workload === null) return;
			tally.packet(event.log);
			seen.hear(event, sourcePort);
			tell({...event, atMs: now()});
		}),
		site => seen.lose(site),
	);
	lab.programs.hear(tell);
	note(`the lab is up under ${stay.inForce.name}`);
	const siteOf = (workload: string) => {
		const site = lab.runtime.sites.find(one => one.workload.name === workload);
		if (site === undefined)
			throw new FirebreakError('no-workload', `no workload is named ${workload}`, 'name one of the topology');
		return site;
	};

	return {
		audience,
		note,
		async apply({rulesets, inForce, confirmWithinMs}, by) {
			const unnamed = {name: 'unnamed', stack: [], placement: 'host', observed: false} as const;
			const applied = await holder.put({rulesets, inForce: inForce ?? unnamed}, confirmWithinMs);
			note(`#${by.number} applied ${candidate()}${inForce?.observed ? ', observing' : ''}`);
			return applied;
		},
		confirm(by) {
			const confirmed = holder.confirm();
			if (confirmed !== null) note(`#${by.number} confirmed ${confirmed}`);
			return {confirmed};
		},
		async reset({rulesets, inForce}, by) {
			const applied = await holder.put({rulesets, inForce});
			lab.hangUp();
			tally.reset();
			tell({kind: 'lab-reset', atMs: now()});
			seen.reset();
			note(`#${by.number} reset the lab: ${inForce.name} is in force`);
			return applied;
		},
		async change({rehearsal: next, rulesets, inForce}, by) {
			const changed = await holder.move({inForce, rulesets}, () => lab.change(next.topology, rulesets));
			rehearsal = next;
			namer = endNamer(next.topology);
			note(`#${by.number} changed the lab: ${changeText(changed)}`);
			return changed;
		},
		async probe(asks, by) {
			const found = await lab.probe(
				asks,
				probeProgress(asks.flows.length, event => tell(event, by.stream)),
			);
			tally.probed(found);
			if (!audience.empty)
				for (const evidence of found) tell({kind: 'flow-probed', candidate: candidate(), evidence, atMs: now()});
			const count = asks.pieceOf?.flows ?? found.length;
			if (asks.pieceOf?.last ?? true) note(`#${by.number} probed ${count === 1 ? '1 flow' : `${count} flows`}`);
			return found;
		},
		async attack(asks, by) {
			const about = {candidate: candidate(), scenario: asks.scenario.name, foothold: asks.foothold};
			const turn = {number: 1, of: 1};
			tell({kind: 'attack-started', ...about, turn, expectedActions: null, atMs: now()});
			note(`#${by.number} attacks: ${about.scenario} from ${about.foothold}`);
			const pacer = createPacer(asks.pace);
			const stop = new AbortController();
			underWay = {pacer, stop};
			const options: AttackOptions = {
				pacer,
				signal: AbortSignal.any([by.signal, stop.signal]),
				onAction: (record, evidence) => {
					tally.acted(record);
					const told = evidence.slice(0, mostEvidence);
					tell({kind: 'action', ...about, record, evidence: told, atMs: now()}, by.stream);
				},
			};
			attacks++;
			const run = await lab
				.attack(asks, event => tell(event, by.stream), options)
				.catch(error => {
					tell({kind: 'attack-stopped', scenario: about.scenario, foothold: about.foothold, atMs: now()});
					note(`the attack of #${by.number} was stopped`);
					throw error;
				})
				.finally(() => {
					underWay = undefined;
					setTimeout(() => attacks--, lateLogsMs);
				});
			tally.attacked(about.scenario, run);
			tell({kind: 'attack-ended', ...about, ended: run.ended, atMs: now()});
			note(`${about.scenario} of #${by.number} is over: ${run.falls.length} compromised`);
			return run;
		},
		pace({step, ...pace}) {
			underWay?.pacer.set(pace, step);
			return {attacking: underWay !== undefined};
		},
		stop() {
			underWay?.stop.abort(stopped());
			return {attacking: underWay !== undefined};
		},
		async enter({workload, words}, by) {
			const site = siteOf(workload);
			tally.entered();
			note(`#${by.number} runs in ${workload}: ${words.join(' ')}`);
			const container = lab.containers?.idOf(workload);
			if (boot.docker !== undefined && container !== undefined) return {socket: boot.docker.socket, container};
			return lab.rooms.enter(site, stay.pid);
		},
		tap({workloads}, by) {
			const taps = workloads.map(name => {
				const {netns, link} = siteOf(name);
				return {netns, link: link.index};
			});
			note(
				`#${by.number} captures packets of ${workloads.length > 5 ? `${workloads.length} workloads` : workloads.join(', ')}`,
			);
			return {pid: stay.pid, rootless: boot.rootless, taps};
		},
		status(clients, busy) {
			const {now: inForce, since, until} = holder.state;
			return {
				lab: stay.name,
				rehearsal: rehearsal.name,
				folder: rehearsal.folder,
				workloads: rehearsal.topology.workloads.length,
				services: lab.listeners.count + foreignServices,
				runtime,
				rootless: boot.rootless,
				pid: stay.pid,
				startedAt: performance.timeOrigin,
				inForce: {name: inForce.name, placement: inForce.placement, observed: inForce.observed, since, until},
				clients,
				busy,
				counters: tally.counters,
				compromised: tally.compromised,
			};
		},
		describe: () => ({rehearsal, inForce: holder.state.now, runtime}),
		logs: () => [...notes, ...lab.programs.said].sort((a, b) => a.atMs - b.atMs),
		flows: () => seen.flows(),
		async hits() {
			const {now: inForce, since} = holder.state;
			return {inForce, since, counted: await lab.counted(), ofTraffic: seen.ofTraffic()};
		},
		async traffic({flows, timeoutMs}, by) {
			const found = await lab.traffic(flows, timeoutMs);
			note(
				`#${by.number} had the business talk: ${found.length === 1 ? '1 connection' : `${found.length} connections`}`,
			);
			return found.map(({reply, evidence: {flow: _, ...evidence}}) => ({reply, evidence}));
		},
		end: () => holder.end(),
	};
}
