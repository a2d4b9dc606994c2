// What puts rules in force from the console. A quarantine stays whatever else is put in force.
import type {InForce} from '../../../core/contracts/in-force.ts';
import {quarantinedBy, withoutQuarantine, withQuarantine} from '../../../core/policy/quarantine.ts';
import {loadEnforced} from '../../../rehearsals/enforced.ts';
import {control, rulesetsFor} from '../../../rehearsals/rulesets.ts';
import {flowsOfWorkload} from '../../../rehearsals/workload-flows.ts';
import type {Said} from '../../../tui/console/message.ts';
import type {Action} from '../../../tui/console/state.ts';
import type {Doing} from '../live.ts';
import {probeInPieces} from './probe-in-pieces.ts';
import {said, saidProblems} from './said.ts';

type Of<Kind extends Action['kind']> = Extract<Action, {kind: Kind}>;

export async function applyCandidate({candidate, observe}: Of<'apply'>, doing: Doing): Promise<Said> {
	const loaded = await loadEnforced([candidate], doing.rehearsal);
	if (loaded.kind === 'wrong') return saidProblems(loaded.problems);
	const {name, stack, placement} = loaded.value;
	const judged = observe ? stack.map(one => ({...one, mode: 'observe' as const})) : stack;
	const {applyMs} = await put({name, stack: judged, placement, observed: observe}, doing);
	return said(`${name} ${observe ? 'observes' : 'is in force'} (${Math.ceil(applyMs)} ms)`);
}

export async function applyFiles({files}: Of<'apply-files'>, doing: Doing): Promise<Said> {
	const loaded = await loadEnforced(files, doing.rehearsal);
	if (loaded.kind === 'wrong') return saidProblems(loaded.problems);
	const {applyMs} = await put({...loaded.value, observed: false}, doing);
	return said(`${loaded.value.name} is in force as it was edited (${Math.ceil(applyMs)} ms)`);
}

/** Back to what was in force before, with the quarantines that it had. */
export async function undo(doing: Doing): Promise<Said> {
	const before = doing.app.state().earlier.at(-1);
	if (before === undefined) return said('nothing was in force before', 'bad');
	const {name, stack, placement, observed} = before;
	const {applyMs} = await load({name, stack, placement, observed}, doing);
	return said(`${name} is in force again (${Math.ceil(applyMs)} ms)`);
}

/** Cuts a workload off, or lets it back in; says how long that took, and what probes found. */
export async function cutOff({kind, workload}: Of<'quarantine' | 'release'>, doing: Doing): Promise<Said> {
	const {inForce} = await doing.lab.ask('describe', {});
	const others = quarantinedBy(inForce.stack).filter(name => name !== workload);
	const quarantined = kind === 'quarantine' ? [...others, workload] : others;
	const {applyMs} = await load({...inForce, stack: withQuarantine(inForce.stack, quarantined)}, doing);
	const flows = flowsOfWorkload(doing.rehearsal.topology, workload);
	const found = await probeInPieces(doing.lab, flows);
	const denied = found.filter(({outcome}) => outcome.kind === 'denied').length;
	const seen = flows.length === 0 ? '' : `: ${denied} of ${flows.length} of its flows denied`;
	return kind === 'quarantine'
		? said(`${workload} was cut off after ${Math.ceil(applyMs)} ms${seen}`, denied === flows.length ? 'good' : 'bad')
		: said(`${workload} is back (${Math.ceil(applyMs)} ms)${seen}`);
}

export async function reset({lab, rehearsal}: Doing): Promise<Said> {
	await lab.ask('reset', {
		rulesets: rulesetsFor(lab.name, rehearsal.topology, control),
		inForce: {...control, observed: false},
	});
	return said(`${lab.name} is as it was at the start`);
}

/** Keeps the quarantines of now. */
async function put(next: InForce, doing: Doing) {
	const {inForce} = await doing.lab.ask('describe', {});
	const stack = withQuarantine(withoutQuarantine(next.stack), quarantinedBy(inForce.stack));
	return load({...next, stack}, doing);
}

const load = (inForce: InForce, {lab, rehearsal}: Doing) =>
	lab.ask('apply', {rulesets: rulesetsFor(lab.name, rehearsal.topology, inForce), inForce});
