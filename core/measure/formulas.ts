/** A measure as anyone can compute it again from the exported events. */
export interface Formula {
	/** Name in the JSON report. */
	readonly name: string;
	readonly formula: string;
	readonly means: string;
}

/** The sets that the formulas speak of. */
export const formulaSets = [
	'Replicas of a workload in one environment are one kind, lost when any of them is.',
	'W: kinds that are neither outside nor added by an importer. F: the foothold’s kind. J: crown jewels.',
	'C: kinds lost at the end of the run. C₀: kinds that the same attacker loses with no policy in force.',
] as const;

/** Printed in the README and with the report; in the order of the report. */
export const formulas: readonly Formula[] = [
	{name: 'compromised', formula: '|C \\ F|', means: 'kinds lost, of `others` = |W \\ F|'},
	{name: 'blastRadius', formula: '|C \\ F| ÷ |W \\ F|', means: 'the share of all others that is lost'},
	{
		name: 'saved',
		formula: '|C₀ \\ C|, of `savable` = |C₀ \\ F|',
		means:
			'what the policy keeps of what falls without it; undefined for an attacker that stops at a goal, where a limit ended a run, and where nothing falls anyway',
	},
	{name: 'jewelsReached', formula: '|(C \\ F) ∩ J|, of `jewels` = |J \\ F|', means: 'crown jewels lost'},
	{
		name: 'actionsToFirstJewel',
		formula: 'number of the action by which the first jewel fell',
		means: 'an action is one technique aimed at one target',
	},
	{
		name: 'exposedServices',
		formula: '(kind, service) pairs of others that answer the foothold, of `servicesOfOthers`',
		means: 'what the attacker meets in one hop; a service counts once, whatever its ports, replicas and addresses',
	},
	{
		name: 'broken',
		formula: 'dependencies with a flow that answers with no policy and fails under the candidate, of `dependencies`',
		means:
			'a dependency’s flows are all replica pairs in the families both ends have; `n of m` flows where not all fail',
	},
	{
		name: 'coverage',
		formula: 'services with a known caller ÷ services',
		means: 'under one half, nothing broken says nothing',
	},
	{
		name: 'orphaned',
		formula: 'services that somebody of another kind reaches with no policy, and nobody under the candidate',
		means: 'what nobody may have written down as a dependency',
	},
	{
		name: 'usableNow',
		formula:
			'allowed (source kind, destination kind, port class) with a listener that no dependency uses ÷ those allowed',
		means: 'port classes are the ports that a service or a rule names, and one for all others of each protocol',
	},
	{
		name: 'openToNothing',
		formula: 'allowed (source kind, destination kind, port class) where nothing listens ÷ all allowed',
		means: 'what the next service to be started will be open to',
	},
	{
		name: 'noise',
		formula: 'packets of the attacker of which some end logged a decision, allowed or denied',
		means: 'how much a defender who keeps every log has of it: what a stealthy attacker saves',
	},
	{
		name: 'deniedAttempts',
		formula: 'packets of the attacker that a rule logged as denied',
		means: 'what a defender could have seen; `firstDeniedAction` is the first action with one',
	},
	{
		name: 'outcomes',
		formula: 'each probed flow, against the model’s verdict',
		means:
			'permitted and rejected as the policy wants; escaped: arrived, policy denies; misdropped: did not arrive, policy allows; inconclusive: no witness, or a denial that could not have failed',
	},
	{
		name: 'mismatches',
		formula:
			'flows on which model, kernel and far end differ in verdict or rule, and kinds on which the attackers differ',
		means: 'of `checked`: every flow whose outcome is conclusive',
	},
];
