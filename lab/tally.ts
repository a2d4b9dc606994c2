// What happened on a lab since its last reset, counted.
import type {AttackRun} from '../core/contracts/attack-run.ts';
import type {ActionRecord} from '../core/contracts/event.ts';
import type {Evidence, KernelLog} from '../core/contracts/evidence.ts';
import type {Compromised, LabStatus} from './staying-state.ts';

type Counters = {-readonly [Name in keyof LabStatus['counters']]: number};

const nothing: Counters = {
	flowsProbed: 0,
	flowsDenied: 0,
	attacks: 0,
	actions: 0,
	actionsDenied: 0,
	commands: 0,
	packetsAllowed: 0,
	packetsDenied: 0,
};

export interface Tally {
	readonly counters: LabStatus['counters'];
	/** In the order in which they fell. */
	readonly compromised: readonly Compromised[];
	probed(found: readonly Evidence[]): void;
	acted(record: ActionRecord): void;
	attacked(scenario: string, run: AttackRun): void;
	entered(): void;
	packet(log: KernelLog): void;
	reset(): void;
}

export function createTally(): Tally {
	let counters = {...nothing};
	let fallen = new Map<string, Compromised>();
	return {
		get counters() {
			return {...counters};
		},
		get compromised() {
			return [...fallen.values()];
		},
		probed(found) {
			counters.flowsProbed += found.length;
			counters.flowsDenied += found.filter(({outcome}) => outcome.kind === 'denied').length;
		},
		acted({result}) {
			counters.actions++;
			if (result === 'denied') counters.actionsDenied++;
		},
		attacked(scenario, {falls}) {
			counters.attacks++;
			for (const {workload, from, technique} of falls)
				if (!fallen.has(workload)) fallen.set(workload, {workload, from, technique, scenario});
		},
		entered: () => void counters.commands++,
		packet({decision}) {
			if (decision === 'allow') counters.packetsAllowed++;
			if (decision === 'deny') counters.packetsDenied++;
		},
		reset() {
			counters = {...nothing};
			fallen = new Map();
		},
	};
}
