// Single flows, by model and by packet: flow tests, and what was accepted.
import type {ExpectationReport} from '../core/contracts/report.ts';
import {countsAsDenial} from '../core/measure/outcomes.ts';
import {placeText} from '../core/measure/rule-text.ts';
import {type Flow, flowKey, renderFlow} from '../core/model/flow.ts';
import type {Accepted, FlowTest} from '../core/model/rehearsal.ts';
import {type Column, columnName, controlOf, type JudgeInput, underTest, worstAnswer} from './column.ts';

interface FlowAnswer {
	readonly held: boolean | null;
	readonly text: string;
}

/** A row for each candidate that the test speaks of; today's policy is tested only where it is named. */
export function judgeFlowTest(test: FlowTest, input: JudgeInput): readonly ExpectationReport[] {
	const columns =
		test.candidate === null
			? underTest(input.columns)
			: input.columns.filter(({candidate}) => candidate.name === test.candidate);
	return columns.map(column => {
		const answers = test.flows.map(flow => judgeFlow(test.action, flow, column, input));
		const held = worstAnswer(answers.map(each => each.held));
		const telling = answers.find(each => each.held === held);
		return {
			where: placeText(test.where),
			what: `${columnName(column, input.columns)} · ${test.text}`,
			expected: test.action === 'deny' ? 'denied' : 'allowed',
			found: telling?.text ?? 'no such flow',
			held: telling === undefined ? null : held,
		};
	});
}

/** The model is asked first: where it is against it, no packet is needed. Without packets its word is all there is. */
function judgeFlow(action: 'allow' | 'deny', flow: Flow, column: Column, input: JudgeInput): FlowAnswer {
	const {action: wanted, rule} = column.verdict(flow);
	const name = renderFlow(flow);
	const model = `${wanted === 'deny' ? 'denied' : 'allowed'} by "${rule.name}"`;
	if (wanted !== action) return {held: false, text: `${model}: ${name}`};
	if (input.measured === 'model') return {held: true, text: `${model}, by the model alone`};
	const evidence = column.evidence.get(flowKey(flow));
	if (evidence === undefined) return {held: null, text: `no packet tried it: ${name}`};
	const {outcome, arrival} = evidence;
	if (outcome.kind === 'inconclusive') {
		const escaped = action === 'deny' && arrival === 'open';
		return escaped
			? {held: false, text: `it arrived: ${name}`}
			: {held: null, text: `inconclusive, ${outcome.reason}: ${name}`};
	}
	const arrived = outcome.kind !== 'denied';
	if (arrived !== (action === 'allow'))
		return {held: false, text: `${arrived ? 'it arrived' : 'the kernel denied it'}: ${name}`};
	const control = controlOf(input.columns)?.evidence.get(flowKey(flow));
	const doubt = action === 'deny' ? countsAsDenial(control) : null;
	return doubt === null ? {held: true, text: model} : {held: null, text: `${doubt.reason}: ${name}`};
}

/**
 * Reported always. It is true while the flow is open under a candidate that is put to the test, and until the end of its
 * last day.
 */
export function judgeAccepted(accepted: Accepted, input: JudgeInput): ExpectationReport {
	const columns = underTest(input.columns);
	const open = columns.filter(column => accepted.flows.some(flow => isOpen(flow, column, input)));
	const unsure = columns.some(column => accepted.flows.some(flow => isUnsure(flow, column, input)));
	const past = accepted.until !== null && accepted.until < input.now.slice(0, 10);
	const under = open.map(column => columnName(column, input.columns)).join(', ');
	const found = open.length > 0 ? `open under ${under}` : unsure ? 'inconclusive' : 'open under no candidate any more';
	return {
		where: placeText(accepted.where),
		what: `accepted · ${accepted.text} · ${accepted.because}`,
		expected: accepted.until === null ? 'open' : `open, until ${accepted.until}`,
		found: past ? `${found}, past its date` : found,
		held: past ? false : open.length > 0 ? true : unsure || columns.length === 0 ? null : false,
	};
}

function isOpen(flow: Flow, {verdict, evidence}: Column, {measured}: JudgeInput): boolean {
	if (measured === 'model') return verdict(flow).action === 'allow';
	const kind = evidence.get(flowKey(flow))?.outcome.kind;
	return kind === 'open' || kind === 'closed';
}

function isUnsure(flow: Flow, {evidence}: Column, {measured}: JudgeInput): boolean {
	const kind = evidence.get(flowKey(flow))?.outcome.kind;
	return measured === 'packets' && (kind === undefined || kind === 'inconclusive');
}
