// One end's word on flows: the first rule that decides, found by set algebra over the rules.
import type {Flow} from '../model/flow.ts';
import type {EndVerdict} from '../model/policy.ts';
import {hasBit, lowestBit} from './bits.ts';
import {type PortCheck, portCells, portCheck} from './port-table.ts';
import type {Program, RuleTable, TableMatch} from './rule-table.ts';

/** The verdict of a program on a flow between two ends, by number. */
export type Judge = (program: Program, source: number, destination: number, flow: Flow) => EndVerdict;

/** Guardrails, rules, isolation, baseline, default; a `pass` goes on with the rules. */
export function judgeOf({table: {ends}, steps, words, sends, receives, firstRule, firstBaseline}: RuleTable): Judge {
	const {may, cell} = portCells(
		steps.map(({match}) => match.on),
		ends.map(({workload}) => workload),
	);
	const checks = new Map<TableMatch, PortCheck>();
	const onPort = (match: TableMatch): PortCheck => {
		const check = checks.get(match) ?? portCheck(match.match.on);
		checks.set(match, check);
		return check;
	};
	/** Undefined where the cell of a flow's port says it already. */
	const named = steps.map(step =>
		step.match.on?.some(({kind}) => kind === 'service') === true ? onPort(step) : undefined,
	);
	const isExcepted = (unless: readonly TableMatch[], source: number, destination: number, flow: Flow): boolean =>
		unless.some(
			match =>
				hasBit(match.from, source) &&
				hasBit(match.to, destination) &&
				onPort(match)(flow, ends[destination]!) &&
				match.relates(source, destination),
		);

	return ({steps: own, isolation, otherwise}, source, destination, flow) => {
		const [sent, received, port] = [source * words, destination * words, cell(flow.protocol, flow.port) * words];
		let from = 0;
		for (let word = 0; word < words; word++) {
			let rest = own[word]! & sends[sent + word]! & receives[received + word]! & may[port + word]!;
			for (; rest !== 0; rest &= rest - 1) {
				const at = (word << 5) + lowestBit(rest);
				if (at < from) continue;
				if (isolation !== null && at >= firstBaseline) return isolation;
				const step = steps[at]!;
				if (named[at]?.(flow, ends[destination]!) === false || !step.relates(source, destination)) continue;
				if (step.unless.length > 0 && isExcepted(step.unless, source, destination, flow)) continue;
				if (step.verdict !== null) return step.verdict;
				from = firstRule;
			}
		}
		return isolation ?? otherwise;
	};
}
