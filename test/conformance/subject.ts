// A case as the product reads it: its manifests through the importer, as a user's folder would come.
import {type Imported, importManifests} from '../../core/kubernetes/import.ts';
import type {Rule, Selector, Stack} from '../../core/model/policy.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import type {Case, Corpus} from './corpus.ts';

/** What is asked: workloads, and the policies in force. */
export interface Policed {
	readonly topology: Topology;
	readonly stack: Stack;
}

/**
 * The case's manifests without the assumed name server, which no case knows of. The tools whose answers are expected take
 * a pod for running whatever its phase is; the importer leaves out those that have ended.
 */
export function importFiles(corpus: Corpus, files: readonly string[]): Parsed<Imported> {
	const manifests = corpus.manifests(files).map(({path, text}) => ({path, text: text.replaceAll(ended, '$1Running')}));
	return importManifests(manifests, {assumed: false});
}

/** In YAML and in JSON, quoted or not. */
const ended = /(\bphase["']?\s*:\s*["']?)(?:Succeeded|Failed)\b/g;

/** @throws Error with every problem, where the importer refuses what a case means to be read */
export function subjectOf(corpus: Corpus, files: readonly string[]): Imported {
	const parsed = importFiles(corpus, files);
	if (parsed.kind === 'ok') return parsed.value;
	throw new Error(`refused: ${parsed.problems.map(renderProblem).join(' | ')}`);
}

/** The manifests of a case, with the policies that stand beside what is expected of it where the corpus keeps them there. */
export function filesOf(corpus: Corpus, {input, expected}: Case): readonly string[] {
	const beside = expected.replace(/[^/]*$/, 'expected-policies.yaml');
	return corpus.has(beside) ? [...input, beside] : input;
}

/**
 * The same policies with no pod's own address in any CIDR. netpol-analyzer and network-config-analyzer take a CIDR to
 * mean addresses beyond the cluster alone, and most of their pods have no address at all; here, as in cyclonus, in the
 * conformance tests and in clusters, a CIDR means a pod's address too. What they expect is therefore asked of policies
 * that except the pods, which is the same in every other regard.
 *
 * @param others - topologies whose pods are excepted too, where two folders are compared
 */
export function exceptingPods({topology, stack}: Policed, others: readonly Topology[] = []): Policed {
	const own = [topology, ...others]
		.flatMap(({workloads}) => workloads.flatMap(({addresses}) => addresses))
		.map(({family, address}) => `${address}/${family === 4 ? 32 : 128}`);
	const selector = (terms: Selector): Selector =>
		terms.map(term => ({
			...term,
			requirements: term.requirements.map(one =>
				one.kind === 'cidr' ? {...one, except: [...one.except, ...own]} : one,
			),
		}));
	const rule = (one: Rule): Rule => ({...one, from: selector(one.from), to: selector(one.to)});
	const changed = stack.map(policy => ({
		...policy,
		guardrails: policy.guardrails.map(rule),
		rules: policy.rules.map(rule),
		baseline: policy.baseline.map(rule),
	}));
	return {topology, stack: changed};
}
