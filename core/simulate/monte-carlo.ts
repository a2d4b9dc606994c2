// Exploits that do not always work: many runs, each with its own luck, the same luck under every candidate.

import {draw} from '../model/draw.ts';
import type {AttackGraph} from './attack-graph.ts';
import {type Interval, type MeanEstimate, meanEstimate, wilson} from './intervals.ts';
import {type Foothold, lossCounter} from './loss.ts';
import {spread} from './spread.ts';

export interface MonteCarloInput {
	/** One of them is drawn for each run; at least one. */
	readonly footholds: readonly Foothold[];
	/** 0..1: that an exploit of a weak service works. Drawn once a run for each service of a kind; logins always work. */
	readonly probability: number;
	/** At least 1. */
	readonly runs: number;
	readonly seed: number;
}

export interface MonteCarlo {
	readonly runs: number;
	/** Kinds lost: mean and 95% interval. */
	readonly compromised: MeanEstimate;
	/** Runs in which some crown jewel fell, as a share, with Wilson's 95% interval. */
	readonly jewelFalls: Interval & {readonly runs: number; readonly share: number};
}

/** Yields before each run, so that whoever drives it may pause or stop. */
export function* monteCarlo(graph: AttackGraph, input: MonteCarloInput): Generator<void, MonteCarlo> {
	const {footholds, probability, runs, seed} = input;
	const losses = lossCounter(graph);
	const compromised: number[] = [];
	let fell = 0;
	for (let run = 0; run < runs; run++) {
		yield;
		const foothold = footholds[Math.floor(draw(seed, run, 'foothold') * footholds.length)]!;
		const found = spread(graph, foothold.node, {
			exploitable: ({node, service}) =>
				draw(seed, run, `${graph.nodes[node]!.members[0]!.kind} ${service.name}`) < probability,
		});
		const loss = losses.count(found, foothold);
		compromised.push(loss.compromised);
		if (loss.jewels > 0) fell++;
	}
	return {
		runs,
		compromised: meanEstimate(compromised),
		jewelFalls: {runs: fell, share: fell / runs, ...wilson(fell, runs)},
	};
}
