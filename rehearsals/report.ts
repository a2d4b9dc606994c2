// A rehearsal measured and judged, as the one value that every reporter renders.
import type {RehearsalReport} from '../core/contracts/report.ts';
import {assumptionsOf, limitsOf} from '../core/measure/limits.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';
import {countsOf} from './counts.ts';
import {judge} from './judge.ts';
import type {Measured} from './run.ts';

export interface ReportInput {
	readonly rehearsal: Rehearsal;
	readonly measured: Measured;
	readonly by: 'packets' | 'model';
	readonly seed: number;
	/** Git revision of the folder, or null where there is none. */
	readonly revision: string | null;
	readonly versions: Readonly<Record<string, string>>;
	readonly bootMs: number | null;
	readonly teardownMs: number | null;
	/** ISO time of the run: the day on which acceptances are judged. */
	readonly now: string;
}

/** @returns the report, and the exit code that it means: 0 passed, 1 failed, 4 inconclusive */
export function buildReport(input: ReportInput): {readonly report: RehearsalReport; readonly exitCode: 0 | 1 | 4} {
	const {rehearsal, measured, by, seed, revision, versions, bootMs, teardownMs, now} = input;
	const {topology, scenarios} = rehearsal;
	const judgement = judge({rehearsal, columns: measured.columns, measured: by, now});
	const assumptions = assumptionsOf(topology, scenarios);
	const sampled =
		measured.probed < measured.population
			? [`${measured.probed} of ${measured.population} flows were probed: one of every class, the rest by the seed`]
			: [];
	const report: RehearsalReport = {
		schema: 'firebreak/rehearsal/v1',
		name: rehearsal.name,
		measured: by,
		topology: countsOf(topology),
		inputs: rehearsal.inputs,
		revision,
		versions,
		assumptions,
		seed,
		runs: measured.runs,
		cuts: measured.cuts,
		latencies: {
			bootMs,
			applyMs: measured.applyMs,
			propagation: measured.propagation,
			probesPerSecond: measured.probesPerSecond,
			teardownMs,
		},
		expectations: judgement.expectations,
		passed: judgement.passed,
		limits: [...limitsOf({measured: by, assumptions, runs: measured.runs}), ...sampled],
	};
	return {report, exitCode: judgement.exitCode};
}
