// An attacker let loose in the model: the one place that hands it a network of verdicts and a foothold, and adds what the
// network saw. The lab does the same with packets.
import {createEvidenceLog} from '../core/attack/evidence-log.ts';
import {hostView} from '../core/attack/host-view.ts';
import {startingView} from '../core/attack/insider.ts';
import {createModelNetwork, type ModelNetworkInput} from '../core/attack/model-network.ts';
import type {AttackRun} from '../core/contracts/attack-run.ts';
import {type AdversaryInput, createAdversary} from './adversary.ts';

export type ModelAttackInput = Omit<ModelNetworkInput, 'material' | 'onEvidence'> &
	Pick<AdversaryInput, 'scenario' | 'seed' | 'goals' | 'now' | 'onAction'> & {
		/** Name of the workload in which it starts. */
		readonly foothold: string;
	};

/**
 * One attacker in the model, from a clean state; its evidence is what the verdicts say.
 *
 * @throws FirebreakError `strategy-unavailable` or `technique-unavailable`; a plain Error when no workload has the foothold's name
 */
export async function attackInModel(input: ModelAttackInput): Promise<AttackRun> {
	const {topology, foothold} = input;
	const workload = topology.workloads.find(({name}) => name === foothold);
	if (workload === undefined) throw new Error(`no workload is named ${foothold}`);
	const material = ({id}: {readonly id: string}): string => `what opens ${id}`;
	const log = createEvidenceLog();
	const network = createModelNetwork({...input, material, onEvidence: log.add});
	const view = startingView(topology, hostView(topology, workload, material), input.scenario, material);
	const story = await createAdversary({...input, network, foothold: view}).run();
	return {...story, evidence: log.entries(), labSeconds: null};
}
