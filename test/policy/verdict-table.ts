// One table a behaviour, one line a case: a flow, and what the policy says of it, by which rule.
import test from 'ava';
import type {Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {flow} from '../builders/flow.ts';

/** From, to, and `allow p0.r1` or `deny p0.default at egress`; where it differs as if, `allow none, would deny p0.default`. */
export type Line = readonly [from: string, to: string, says: string];

/** A test that the verdict on each flow, at placement `host`, reads as its line says. */
export function verdicts(title: string, {topology, stack}: {topology: Topology; stack: Stack}, lines: readonly Line[]) {
	test(title, t => {
		const evaluator = createEvaluator(topology, stack);
		for (const [from, to, says] of lines) {
			const {action, rule, direction, asIf} = evaluator.verdict(flow(from, to), 'host');
			const at = says.includes(' at ') ? ` at ${direction}` : '';
			const would = action === asIf.action ? '' : `, would ${asIf.action} ${asIf.rule.id}`;
			t.is(`${action} ${rule.id}${at}${would}`, says, `${from} -> ${to}`);
		}
	});
}
