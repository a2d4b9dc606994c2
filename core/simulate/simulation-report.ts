// The result of `simulate`, schema `firebreak/simulation/v1`. Its `runs` are those of `firebreak/rehearsal/v1`, by the same
// names and definitions, made by the model alone. Undefined is null.
import type {RehearsalReport, RuleText} from '../contracts/report.ts';
import type {Placement} from '../model/policy.ts';
import type {Bin, Distribution} from './distribution.ts';
import type {Interval, MeanEstimate} from './intervals.ts';
import type {Toll} from './single-changes.ts';

export interface FootholdReport {
	/** The workload in which it starts, and its kind. */
	readonly foothold: string;
	readonly kind: string;
	readonly environment: string | null;
	/** Kinds lost without its own, and crown jewels among them. */
	readonly compromised: number;
	readonly jewels: number;
}

/** Of the kinds lost from each foothold. */
export interface FootholdDistribution extends Distribution {
	readonly histogram: readonly Bin[];
	/** Those from which some crown jewel falls. */
	readonly jewelFootholds: number;
	/** The ten worst, most kinds first, then most jewels, then by name. */
	readonly worstFootholds: readonly FootholdReport[];
	/** By environment of the foothold; without it under an empty name. */
	readonly byEnvironment: Readonly<Record<string, Distribution & {readonly jewelFootholds: number}>>;
}

/** One element of a cut: what it is, where it stands, and what breaks without it. */
export interface CutElement {
	readonly kind: 'rule' | 'workload';
	/** The workload's kind, or the rule's id. */
	readonly name: string;
	readonly rule: RuleText | null;
	/** Known dependencies, `worker.prod -> queue.prod:5672/tcp`. */
	readonly breaks: readonly string[];
}

/** `impossible`: some way has nothing in it that can be taken away; `unknown`: the search was given up. */
export interface CutReport {
	readonly kind: 'smallest' | 'found' | 'impossible' | 'unknown' | 'nothing-falls';
	readonly elements: readonly CutElement[];
	/** No cut has fewer elements. */
	readonly atLeast: number | null;
	/** What breaks when all of them go. */
	readonly breaks: readonly string[];
}

export interface ChangeReport {
	readonly change: 'drop-rule' | 'isolate' | 'patch';
	/** A rule's name, a workload's kind, or a service: `deploy.ops:http`. */
	readonly what: string;
	readonly rule: RuleText | null;
	readonly before: Toll;
	readonly after: Toll;
	readonly breaks: readonly string[];
}

export interface ProbabilityReport {
	readonly exploitProbability: number;
	readonly runs: number;
	readonly compromised: MeanEstimate;
	/** compromised / others. */
	readonly blastRadius: MeanEstimate | null;
	/** Null where there is no jewel. */
	readonly jewelFalls: (Interval & {readonly runs: number; readonly share: number}) | null;
}

/** One candidate under one scenario. */
export interface Simulated {
	readonly candidate: string;
	readonly placement: Placement;
	readonly scenario: string;
	/** `every`: each kind once. */
	readonly from: 'every' | 'scenario' | 'named';
	readonly footholds: number;
	/** Kinds that can be lost: all that count but the foothold's. */
	readonly others: number;
	readonly distribution: FootholdDistribution | null;
	readonly probability: ProbabilityReport | null;
	/** Null in the control, where no rule can be dropped, and where there is no crown jewel. */
	readonly chokePoints: {readonly rules: CutReport; readonly workloads: CutReport} | null;
	/** The best first; null in the control. */
	readonly changes: readonly ChangeReport[] | null;
	/** Footholds on which changes were tried, the worst of them; null where changes were not. */
	readonly changesTriedOn: number | null;
}

export interface SimulationReport
	extends Omit<RehearsalReport, 'schema' | 'cuts' | 'expectations' | 'passed' | 'latencies' | 'measured'> {
	readonly schema: 'firebreak/simulation/v1';
	readonly measured: 'model';
	/** How `runs` were made: by the attacker itself in the model, or as a closure over kinds or over classes of equal workloads. */
	readonly computedBy: 'worm' | 'closure-over-kinds' | 'closure-over-classes';
	readonly simulations: readonly Simulated[];
	/** Of each foothold, the worst of a candidate and scenario first. */
	readonly footholds: readonly (FootholdReport & {
		readonly candidate: string;
		readonly placement: Placement;
		readonly scenario: string;
	})[];
}
