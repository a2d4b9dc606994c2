// The ports that a program of rules allows between two ends, by set algebra over rules and over ports.
import {lowestBit} from '../policy/bits.ts';
import type {Program, RuleTable} from '../policy/rule-table.ts';
import {difference, everyPort, intersection, noPorts, type PortSet, union} from './port-set.ts';
import type {StepPorts} from './step-ports.ts';

/** Whether two programs have the same rules about two ends, and end alike. */
export function saysTheSame(
	{sends, receives, words}: RuleTable,
	one: Program,
	other: Program,
	source: number,
	destination: number,
): boolean {
	if ((one.isolation === null) !== (other.isolation === null)) return false;
	if (one.otherwise.action !== other.otherwise.action) return false;
	for (let word = 0; word < words; word++) {
		const unlike = one.steps[word]! ^ other.steps[word]!;
		if ((unlike & sends[source * words + word]! & receives[destination * words + word]!) !== 0) return false;
	}
	return true;
}

/** The ports that a program allows between two ends. Rules only ever allow, so they are joined before they count. */
export function openBy(
	{steps, words, sends, receives, firstRule, firstBaseline}: RuleTable,
	{ofStep}: StepPorts,
	program: Program,
	source: number,
	destination: number,
): PortSet {
	let [open, left, passed, allowed]: PortSet[] = [noPorts, everyPort, noPorts, noPorts];
	const endRules = (): void => {
		const still = union(left!, passed!);
		open = union(open!, intersection(allowed!, still));
		left = program.isolation === null ? difference(still, allowed!) : noPorts;
	};
	let inRules = true;
	for (let word = 0; word < words; word++) {
		let rest = program.steps[word]! & sends[source * words + word]! & receives[destination * words + word]!;
		for (; rest !== 0; rest &= rest - 1) {
			const at = (word << 5) + lowestBit(rest);
			if (inRules && at >= firstBaseline) {
				endRules();
				inRules = false;
			}
			const step = steps[at]!;
			const matches = ofStep(step, source, destination);
			if (matches.length === 0) continue;
			if (at >= firstRule && at < firstBaseline) allowed = union(allowed!, matches);
			else {
				const decides = intersection(matches, left!);
				left = difference(left!, decides);
				if (step.rule.action === 'allow') open = union(open!, decides);
				else if (step.rule.action === 'pass') passed = union(passed!, decides);
			}
		}
	}
	if (inRules) endRules();
	return program.otherwise.action === 'allow' ? union(open!, left!) : open!;
}
