// One case, by the format of what it expects.
import type {Case, Corpus} from './corpus.ts';
import {judgeConnlist} from './judge-connlist.ts';
import {judgeDiff} from './judge-diff.ts';
import {judgeProbes} from './judge-probes.ts';
import {judgeReject} from './judge-reject.ts';
import {judgeRelations} from './judge-relations.ts';
import type {Judgement} from './judgement.ts';

const judges: Readonly<Record<string, (corpus: Corpus, one: Case) => Judgement>> = {
	connlist: judgeConnlist,
	'connlist-diff': judgeDiff,
	'probe-lines': judgeProbes,
	'probe-matrix': judgeProbes,
	reject: judgeReject,
	relations: judgeRelations,
};

/** The model's answers to a case that is in scope. What is thrown on the way is a difference. */
export function judge(corpus: Corpus, one: Case): Judgement {
	try {
		const judgement = judges[one.expected_format]!(corpus, one);
		return judgement.checked > 0 ? judgement : {checked: 0, differences: ['nothing could be compared']};
	} catch (error) {
		return {checked: 0, differences: [error instanceof Error ? error.message : String(error)]};
	}
}
