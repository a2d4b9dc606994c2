// The range of real packets: one lab, whose rules change from candidate to candidate.
import type {Ruleset} from '../core/contracts/enforcer.ts';
import type {LabEvent} from '../core/contracts/event.ts';
import type {StageStep} from '../core/contracts/stage.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Candidate} from '../core/model/rehearsal.ts';
import type {Topology} from '../core/model/topology.ts';
import {startLab} from '../lab/client.ts';
import type {DockerBoot} from '../lab/docker-boot.ts';
import {goalsOf} from './goals-of.ts';
import type {Range} from './range.ts';
import {control, rulesetsFor} from './rulesets.ts';
import {ownPrograms, serviceFlows, untilAnswered} from './until-answered.ts';

/** How long a flow may stay without evidence before it is inconclusive. */
const probeTimeoutMs = 1000;

export interface LabRangeOptions {
	readonly onEvent: (event: LabEvent) => void;
	/** Where workloads are containers. */
	readonly docker?: DockerBoot | undefined;
	/** Told of services that do not answer though no policy is in force, where they are programs of the user's. */
	readonly onSilent?: (flows: readonly Flow[]) => void;
}

/** @throws FirebreakError where this machine cannot boot a lab */
export async function startLabRange(
	topology: Topology,
	seed: number,
	lab: string,
	{onEvent, docker, onSilent}: LabRangeOptions,
): Promise<Range> {
	const compile = (candidate?: Candidate): readonly Ruleset[] => rulesetsFor(lab, topology, candidate ?? control);
	const compiled = new Map<Candidate, readonly Ruleset[]>();
	const rulesetsOf = (candidate: Candidate): readonly Ruleset[] => {
		const rulesets = compiled.get(candidate) ?? compile(candidate);
		compiled.set(candidate, rulesets);
		return rulesets;
	};
	// The engine's clock begins with the engine.
	const tell = (event: LabEvent): void => onEvent({...event, atMs: performance.now()});
	const how = {rulesets: compile(), seed, onEvent: tell, ...(docker !== undefined && {docker})};
	const started = await startLab({lab, topology, ...how});
	let closed: Promise<number> | undefined;
	const close = (): Promise<number> => {
		closed ??= started.close().then(({teardownMs}) => teardownMs);
		return closed;
	};
	if (docker !== undefined && topology.workloads.some(({image}) => image !== null)) {
		const ask = (flows: readonly Flow[], timeoutMs: number) => started.probe(flows, {timeoutMs});
		try {
			// Nothing is measured before: to who watches it is part of the boot.
			const step = (told: StageStep): void =>
				onEvent({kind: 'stage', ...told, stage: 'boot', text: 'services answer', atMs: performance.now()});
			const asked = serviceFlows(topology).flows;
			const {silent} = await untilAnswered(ask, asked, ownPrograms(topology, 'docker'), step);
			if (silent.length > 0) onSilent?.(silent);
		} catch (error) {
			await close().catch(() => undefined);
			throw error;
		}
	}
	return {
		measured: 'packets',
		bootMs: started.booted.bootMs,
		prepare: candidate => void rulesetsOf(candidate),
		use: candidate => started.apply(rulesetsOf(candidate)),
		probe: flows => started.probe(flows, {timeoutMs: probeTimeoutMs}),
		attack: (scenario, foothold) => started.attack(scenario, foothold, goalsOf(topology, scenario), seed),
		close,
		async [Symbol.asyncDispose]() {
			await close().catch(() => undefined);
		},
	};
}
