import type {AttackRun} from '../contracts/attack-run.ts';
import type {Evidence} from '../contracts/evidence.ts';

export interface EvidenceLog {
	/** Keeps what the network saw of one flow of this action. */
	add(action: number, evidence: Evidence): void;
	/** Of one action, so far. */
	of(action: number): readonly Evidence[];
	/** What was seen of one action is no longer kept. */
	forget(action: number): void;
	/** By action number ascending, each action's in the order added. */
	entries(): AttackRun['evidence'];
}

/** Collects what a network saw of a run, out of the attacker's sight. */
export function createEvidenceLog(): EvidenceLog {
	const byAction = new Map<number, Evidence[]>();
	return {
		add(action, evidence) {
			const seen = byAction.get(action);
			if (seen === undefined) byAction.set(action, [evidence]);
			else seen.push(evidence);
		},
		of: action => byAction.get(action) ?? [],
		forget: action => void byAction.delete(action),
		entries: () => [...byAction].sort(([a], [b]) => a - b).map(([action, evidence]) => ({action, evidence})),
	};
}
