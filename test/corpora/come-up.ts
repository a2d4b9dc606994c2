// One file or folder of somebody else's, up as `firebreak up` has it, and every flow probed with packets: under no policy,
// and under the policy that stands there or follows from it.
import {loadOptions} from '../../cli/load-options.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import {breakage} from '../../core/measure/breakage.ts';
import {renderFlow} from '../../core/model/flow.ts';
import {type Problem, renderProblem} from '../../core/model/problem.ts';
import type {Candidate} from '../../core/model/rehearsal.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import {joinLab, takeDown} from '../../lab/labs.ts';
import {bootStaying} from '../../rehearsals/boot-staying.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {probeFlows} from '../../rehearsals/probe-flows.ts';
import {type LabProbe, probeLab} from '../../rehearsals/probe-lab.ts';
import {rulesetsFor} from '../../rehearsals/rulesets.ts';

export type Outcome =
	| {readonly kind: 'refused'; readonly problems: readonly string[]; readonly places: readonly Problem['where'][]}
	| CameUp;

export interface CameUp {
	readonly kind: 'up';
	readonly workloads: number;
	/** Ports that answered before the lab was said to be up. */
	readonly answering: number;
	readonly bootMs: number;
	/** From the first byte read to the last service asked. */
	readonly upMs: number;
	/** The last of its candidates; `flat` where nothing but the control is there. */
	readonly candidate: string;
	/** Flows probed, in both states together. */
	readonly flows: number;
	/** Flows of which model, kernel and far end say different things. */
	readonly differences: readonly string[];
	readonly inconclusive: readonly string[];
	readonly dependencies: number;
	readonly broken: readonly string[];
	/** Dependencies of which nothing answers with no policy. */
	readonly untestable: readonly string[];
}

const seed = 1;

/** @param lab - a name that no other lab of this user has */
export async function comeUp(source: string, lab: string): Promise<Outcome> {
	const started = performance.now();
	const loaded = await loadRehearsal(source, loadOptions());
	if (loaded.kind === 'wrong')
		return {
			kind: 'refused',
			problems: loaded.problems.map(renderProblem),
			places: loaded.problems.map(({where}) => where),
		};
	const rehearsal = loaded.value;
	const {topology, candidates} = rehearsal;
	const [flat, candidate] = [candidates[0]!, candidates.at(-1)!];
	const interrupted = new AbortController().signal;
	const stays = await bootStaying({
		lab,
		rehearsal,
		candidate: flat,
		runtime: 'netns',
		interrupted,
		tell: () => undefined,
	});
	const upMs = performance.now() - started;
	try {
		using joined = (await joinLab(lab))!;
		const stacks = candidates.map(({stack}) => stack);
		const {flows} = probeFlows(topology, stacks, seed, []);
		const probe = (one: Candidate): Promise<readonly LabProbe[]> => probeLab(joined, flows, topology, one);
		const control = await probe(flat);
		const {name, stack, placement} = candidate;
		await joined.ask('apply', {
			rulesets: rulesetsFor(lab, topology, candidate),
			inForce: {name, stack, placement, observed: false},
		});
		const probed = candidate === flat ? control : await probe(candidate);
		const evidence = (probes: readonly LabProbe[]): readonly Evidence[] => probes.map(one => one.evidence);
		const costs = breakage({
			topology,
			control: evidence(control),
			probed: evidence(probed),
			rules: ruleById(stack),
		});
		const all = [...control, ...(candidate === flat ? [] : probed)];
		const named = (probes: readonly LabProbe[]): readonly string[] => probes.map(one => renderFlow(one.evidence.flow));
		return {
			kind: 'up',
			workloads: topology.workloads.length,
			answering: stays.answering,
			bootMs: stays.bootMs,
			upMs,
			candidate: name,
			flows: all.length,
			differences: named(all.filter(({differs}) => differs !== null)),
			inconclusive: named(all.filter(one => one.evidence.outcome.kind === 'inconclusive')),
			dependencies: topology.dependencies.length,
			broken: costs.flows.map(({dependency}) => dependency),
			untestable: costs.untestable,
		};
	} finally {
		await takeDown(lab);
	}
}
