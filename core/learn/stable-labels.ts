import type {LabelMap} from '../model/topology.ts';

/** Labels that a rollout changes. */
const changing = ['controller-revision-hash', 'pod-template-generation', 'pod-template-hash'];

/** Without those, which no selector should name. */
export const stableLabels = (all: LabelMap): LabelMap =>
	Object.fromEntries(Object.entries(all).filter(([key]) => !changing.includes(key)));
