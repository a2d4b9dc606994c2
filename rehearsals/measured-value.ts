// What a run found of a measure that a rehearsal can expect by name.
import type {RunReport} from '../core/contracts/report.ts';
import type {MeasureName} from '../core/model/measure-names.ts';

export interface MeasuredValue {
	/** Null where the measure says nothing in this run, with `unknown` saying why; Infinity for what never happened. */
	readonly value: number | null;
	/** `value` as a share 0..1 of its whole; null where it has none. */
	readonly share: number | null;
	/** What is counted, by name; null for a measure without names. */
	readonly names: readonly string[] | null;
	readonly unknown: string | null;
}

/** Measures that happen once or never: null in the report means never. */
const moments = new Set(['hopsToFirstJewel', 'actionsToFirstJewel', 'firstDeniedAction']);

/** Of the whole run, or of one environment. */
export function measuredValue(run: RunReport, measure: MeasureName, environment: string | null): MeasuredValue {
	if (environment !== null) return inEnvironment(run, measure, environment);
	const names = namesOf(run, measure.name);
	const part: Readonly<Record<string, unknown>> = {...run[measure.part]};
	const found = names === null || typeof part[measure.name] === 'number' ? part[measure.name] : names.length;
	const value = typeof found === 'number' ? found : moments.has(measure.name) ? Number.POSITIVE_INFINITY : null;
	const unknown =
		value === null ? ((measure.name === 'saved' ? run.containment.savedReason : null) ?? 'undefined') : null;
	const whole = measure.whole === 'itself' ? 1 : measure.whole === null ? null : part[measure.whole];
	return {value, share: shareOf(value, whole), names, unknown};
}

function inEnvironment({containment}: RunReport, {name}: MeasureName, environment: string): MeasuredValue {
	const {compromised, others} = containment.byEnvironment[environment] ?? {compromised: 0, others: 0};
	const lost = containment.stillLost.filter(each => each.environment === environment).map(({kind}) => kind);
	const share = shareOf(compromised, others);
	const value = name === 'blastRadius' ? share : compromised;
	return {
		value,
		share,
		names: name === 'lost' ? lost : null,
		unknown: value === null ? `no kinds but the foothold in ${environment}` : null,
	};
}

const shareOf = (value: number | null, whole: unknown): number | null =>
	value === null || typeof whole !== 'number' || whole === 0 ? null : value / whole;

/** Broken dependencies that an importer assumed are shown and not counted, so they are not expected either. */
function namesOf({containment, breakage}: RunReport, name: string): readonly string[] | null {
	switch (name) {
		case 'lost':
			return containment.lostKinds;
		case 'broken':
			return breakage.flows.filter(({source}) => source !== 'assumed').map(({dependency}) => dependency);
		case 'untestable':
		case 'dangling':
		case 'orphaned':
			return breakage[name];
		default:
			return null;
	}
}
