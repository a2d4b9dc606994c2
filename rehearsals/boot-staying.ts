// A rehearsal's topology as a lab that stays: booted under the control, each service asked, a candidate in force.
import type {LabEvent} from '../core/contracts/event.ts';
import type {StageStep} from '../core/contracts/stage.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {type Flow, renderFlow} from '../core/model/flow.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import type {Runtime} from '../core/model/topology.ts';
import {prepareDocker} from '../lab/docker-boot.ts';
import {startStaying} from '../lab/start-staying.ts';
import {control, rulesetsFor} from './rulesets.ts';
import {listeningSeed, ownPrograms, serviceFlows, untilAnswered} from './until-answered.ts';

export interface StayingInput {
	readonly lab: string;
	readonly rehearsal: Rehearsal;
	readonly candidate: Candidate;
	readonly runtime: Runtime;
	readonly interrupted: AbortSignal;
	/** How far it is. */
	readonly tell: (event: LabEvent) => void;
}

export interface Stays {
	readonly bootMs: number;
	readonly rootless: boolean;
	/** `netns`, or `docker 20.10.24`. */
	readonly runtime: string;
	/** Ports that answered, and workloads with services that nobody else can ask. */
	readonly answering: number;
	readonly unasked: readonly string[];
	/** To which a program of the user's does not listen, while it does in the other family. */
	readonly otherFamily: readonly Flow[];
}

/**
 * @throws FirebreakError `lab-exists`; `services-silent` where a service does not answer though no policy is in force; and
 * whatever stops a lab. Nothing stays then
 */
export async function bootStaying(input: StayingInput): Promise<Stays> {
	const {lab, rehearsal, candidate, interrupted, tell} = input;
	const step = (told: StageStep): void => tell({kind: 'stage', ...told, atMs: performance.now()});
	const {topology} = rehearsal;
	let runtime = 'netns';
	const rulesets = rulesetsFor(lab, topology, candidate);
	await using booted = await startStaying({
		lab,
		rehearsal,
		rulesets: rulesetsFor(lab, topology, control),
		seed: listeningSeed,
		interrupted,
		tell,
		async onStart() {
			const docker = input.runtime === 'docker' ? await prepareDocker(topology, {tell: step, interrupted}) : undefined;
			if (docker !== undefined) runtime = `docker ${docker.version}`;
			step({
				stage: 'boot',
				text: docker === undefined ? 'namespaces' : 'containers',
				done: 0,
				total: topology.workloads.length,
			});
			return docker;
		},
	});
	const asked = serviceFlows(topology);
	const {bootMs} = booted.booted;
	const {rootless} = booted;
	tell({kind: 'lab-booted', lab, workloads: topology.workloads.length, rootless, bootMs, atMs: performance.now()});
	const {silent, otherFamily} = await untilAnswered(
		booted.probe,
		asked.flows,
		ownPrograms(topology, input.runtime),
		step,
	);
	if (silent.length > 0) throw servicesSilent(silent, ownPrograms(topology, input.runtime).size > 0);
	interrupted.throwIfAborted();
	if (candidate.stack.length > 0) {
		const applying = {stage: 'apply', text: candidate.name, total: 1};
		step({...applying, done: 0});
		await booted.apply(rulesets);
		step({...applying, done: 1});
	}
	interrupted.throwIfAborted();
	const {name, stack, placement} = candidate;
	await booted.stay({name, stack, placement, observed: false});
	return {bootMs, rootless, runtime, answering: asked.flows.length, unasked: asked.unasked, otherFamily};
}

const servicesSilent = (flows: readonly Flow[], programs: boolean): FirebreakError => {
	const first = flows.slice(0, 3).map(renderFlow).join(', ');
	const more = flows.length > 3 ? ` and ${flows.length - 3} more` : '';
	return new FirebreakError(
		'services-silent',
		`services do not answer though no policy is in force: ${first}${more}`,
		programs
			? 'does the image listen there, on every address and in both families? Nothing of the lab is left'
			: 'firebreak doctor says what this machine lacks; nothing of the lab is left',
	);
};
