// The measures that a rehearsal can expect by name. Loader and judge read this one list; the values are in `RunReport`.

export interface MeasureName {
	readonly name: string;
	/** The part of a `RunReport` that has it. */
	readonly part: 'containment' | 'breakage' | 'looseness' | 'outcomes' | 'fidelity';
	/**
	 * What a percentage of it is a share of: a field of the same part, `itself` where the measure already is a share
	 * 0..1, or null where a percentage means nothing.
	 */
	readonly whole: string | null;
	/** What a list of names (`exactly these`) holds, null where only a number can be expected. */
	readonly lists: 'dependencies' | 'services' | 'kinds' | null;
	/** True where it can be expected of one environment. */
	readonly byEnvironment: boolean;
	/** For people: what is counted. */
	readonly counts: string;
}

type Row = readonly [
	name: string,
	part: MeasureName['part'],
	whole: string | null,
	lists: MeasureName['lists'],
	byEnvironment: boolean,
	counts: string,
];

const rows: readonly Row[] = [
	['compromised', 'containment', 'others', null, true, 'kinds lost, without the foothold'],
	['blastRadius', 'containment', 'itself', null, true, 'kinds lost, as a share of the others'],
	['lost', 'containment', 'others', 'kinds', true, 'kinds lost, by name'],
	['saved', 'containment', 'savable', null, false, 'kinds lost with no policy and not lost here'],
	['jewelsReached', 'containment', 'jewels', null, false, 'crown jewels lost'],
	['hopsToFirstJewel', 'containment', null, null, false, 'hops to the first crown jewel'],
	['actionsToFirstJewel', 'containment', null, null, false, 'actions to the first crown jewel'],
	['exposedServices', 'containment', 'servicesOfOthers', null, false, 'services of others that answer the foothold'],
	['noise', 'containment', null, null, false, 'attempts of the attacker that were logged, allowed or denied'],
	['deniedAttempts', 'containment', null, null, false, 'attempts of the attacker that a rule denied and logged'],
	['firstDeniedAction', 'containment', null, null, false, 'number of the first action that was denied'],
	['broken', 'breakage', 'dependencies', 'dependencies', false, 'dependencies that fail under the candidate'],
	['untestable', 'breakage', null, 'dependencies', false, 'dependencies that fail with no policy too'],
	['dangling', 'breakage', null, 'dependencies', false, 'dependencies whose far end is not in the topology'],
	['orphaned', 'breakage', null, 'services', false, 'services that nobody reaches any more'],
	['usableNow', 'looseness', 'itself', null, false, 'allowed and needed by nobody, where something listens'],
	['openToNothing', 'looseness', 'itself', null, false, 'allowed and needed by nobody, where nothing listens'],
	['permitted', 'outcomes', 'checked', null, false, 'flows that the policy allows and that arrived'],
	['rejected', 'outcomes', 'checked', null, false, 'flows that the policy denies and that were stopped'],
	['escaped', 'outcomes', 'checked', null, false, 'flows that arrived against the policy'],
	['misdropped', 'outcomes', 'checked', null, false, 'flows that did not arrive although the policy allows them'],
	['inconclusive', 'outcomes', 'checked', null, false, 'flows without two witnesses'],
	['wouldDeny', 'outcomes', 'checked', null, false, 'flows that a rule which only observes would deny'],
	['wouldAllow', 'outcomes', 'checked', null, false, 'flows that a policy which only observes would allow'],
	['mismatches', 'fidelity', 'checked', null, false, 'flows on which model, kernel and far end disagree'],
];

/** Every measure that can be expected, in the order of the report; names are unique. */
export const measureNames: readonly MeasureName[] = rows.map(
	([name, part, whole, lists, byEnvironment, counts]): MeasureName => ({
		name,
		part,
		whole,
		lists,
		byEnvironment,
		counts,
	}),
);

/** The measure of that name, or undefined. */
export const measureNamed = (name: string): MeasureName | undefined =>
	measureNames.find(measure => measure.name === name);
