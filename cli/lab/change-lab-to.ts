// A running lab becomes another topology under the policy that is in force there, and what that took is told.
import type {InForce} from '../../core/contracts/in-force.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {changeText} from '../../lab/change-text.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {rulesetsFor} from '../../rehearsals/rulesets.ts';
import type {Io} from '../io.ts';
import {printable} from '../printable.ts';
import {renderValue} from '../report/json.ts';
import {propagationText} from './propagation-text.ts';

interface How {
	readonly format: 'text' | 'json';
	readonly io: Io;
}

export async function changeLabTo(
	lab: JoinedLab,
	rehearsal: Rehearsal,
	inForce: InForce,
	{format, io}: How,
): Promise<void> {
	const rulesets = rulesetsFor(lab.name, rehearsal.topology, inForce);
	const changed = await lab.ask('change', {rehearsal, rulesets, inForce});
	const {applyMs, propagation, forgotten} = changed;
	if (format === 'json') {
		io.out(renderValue({schema: 'firebreak/change/v1', lab: lab.name, policy: inForce.name, ...changed}));
		return;
	}
	const old = forgotten === 0 ? '' : `  ${forgotten} connections with who is gone are forgotten\n`;
	io.out(
		`${lab.name} is changed, under ${printable(inForce.name)} (${Math.ceil(applyMs)} ms): ${printable(changeText(changed))}\n  ${propagationText(propagation)}\n${old}`,
	);
}
