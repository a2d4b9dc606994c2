// Expectations against what was found. Three answers, never two: a failure outranks a doubt, a doubt outranks a pass.
import type {ExpectationReport} from '../core/contracts/report.ts';
import type {JudgeInput} from './column.ts';
import {judgeAlways, passedOf} from './judge-always.ts';
import {judgeExpectation} from './judge-expectation.ts';
import {judgeAccepted, judgeFlowTest} from './judge-flows.ts';

export interface Judgement {
	/** What the rehearsal's file says, in its order, and then what is always expected. */
	readonly expectations: readonly ExpectationReport[];
	/** True: all held. False: one failed. Null: nothing failed, and something was inconclusive. */
	readonly passed: boolean | null;
	/** 2 and 3 come before anything is judged. */
	readonly exitCode: 0 | 1 | 4;
}

/** Judges a rehearsal whose runs are measured; each expectation on the worst of its footholds. */
export function judge(input: JudgeInput): Judgement {
	const {expectations, flows, accepted} = input.rehearsal;
	const rows = [
		...expectations.flatMap(expectation => judgeExpectation(expectation, input)),
		...flows.flatMap(test => judgeFlowTest(test, input)),
		...accepted.map(each => judgeAccepted(each, input)),
		...judgeAlways(input),
	];
	const passed = passedOf(rows);
	return {expectations: rows, passed, exitCode: passed === false ? 1 : passed === null ? 4 : 0};
}
