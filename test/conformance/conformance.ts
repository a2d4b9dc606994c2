// Every case of a corpus: left out, or judged by the model, and by packets too where it asks for single probes.
import type {Case, Corpus} from './corpus.ts';
import {judge} from './judge.ts';
import type {Judgement} from './judgement.ts';
import type {Outcome} from './outcomes.ts';
import {packetCase} from './packet-cases.ts';
import {byPackets} from './packets.ts';
import {asksProbes} from './probes.ts';
import {leftOut} from './scope.ts';

export interface Conformance {
	/** In the order of the cases. */
	readonly outcomes: readonly Outcome[];
	/** How much was asked, and how long it took. */
	readonly notes: readonly string[];
}

export interface ConformanceOptions {
	readonly packets: boolean;
	/** Told what is being done, since packets take a while. */
	readonly tell?: (doing: string) => void;
}

/** @throws FirebreakError where packets are wanted and this machine has no lab */
export async function conformance(corpus: Corpus, {packets, tell}: ConformanceOptions): Promise<Conformance> {
	const startedMs = performance.now();
	const judged = corpus.cases.map((one): Outcome => {
		const reason = leftOut(corpus, one);
		return reason === null ? outcomeOf(one, judge(corpus, one)) : {kind: 'skipped', one, reason};
	});
	const notes = modelNotes(judged, (performance.now() - startedMs) / 1000);
	if (!packets) return {outcomes: judged, notes};
	const differences = new Map<Case, readonly string[]>();
	const packetNotes: string[] = [];
	for (const [source, own] of Map.groupBy(judged.filter(isReadable), ({one}) => one.source)) {
		tell?.(`packets: ${source}: ${own.length} cases`);
		const cases = own.map(({one}) => packetCase(corpus, one));
		const result = await byPackets(cases);
		for (const [one, wrong] of result.differences) differences.set(one, wrong);
		const {probes, denied, labs, seconds} = result;
		packetNotes.push(
			`packets: ${source}: ${own.length} cases, ${probes} probes, ${denied} of them denied, in ${labs} labs and ${seconds.toFixed(1)} s`,
		);
	}
	return {outcomes: judged.map(outcome => withPackets(outcome, differences)), notes: [...notes, ...packetNotes]};
}

const outcomeOf = (one: Case, judgement: Judgement): Outcome => ({
	kind: judgement.differences.length === 0 ? 'passed' : 'failed',
	one,
	judgement,
});

/** Probes of manifests that could be read: what the importer refuses nobody can boot. */
const isReadable = (outcome: Outcome): boolean =>
	outcome.kind !== 'skipped' && asksProbes(outcome.one) && outcome.judgement.checked > 0;

function withPackets(outcome: Outcome, differences: ReadonlyMap<Case, readonly string[]>): Outcome {
	const wrong = differences.get(outcome.one);
	if (outcome.kind === 'skipped' || wrong === undefined) return outcome;
	const {judgement, one} = outcome;
	return outcomeOf(one, {...judgement, differences: [...judgement.differences, ...wrong]});
}

function modelNotes(outcomes: readonly Outcome[], seconds: number): readonly string[] {
	const judgements = outcomes.flatMap(outcome => (outcome.kind === 'skipped' ? [] : [outcome.judgement]));
	const checked = judgements.reduce((sum, one) => sum + one.checked, 0);
	const other = judgements.filter(({otherReading}) => otherReading).length;
	return [
		`model: ${checked} answers in ${seconds.toFixed(1)} s`,
		...(other === 0
			? []
			: [`${other} cases hold as np-guard reads them alone: a CIDR means addresses beyond the cluster and no pod’s`]),
	];
}
