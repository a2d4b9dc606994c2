// A folder that must be refused, for what is wrong with it and not for a kind that is not read.
import {handlingOf} from '../../core/kubernetes/kinds.ts';
import {parseManifests} from '../../core/kubernetes/manifests.ts';
import type {Case, Corpus} from './corpus.ts';
import type {Judgement} from './judgement.ts';
import {importFiles} from './subject.ts';

export function judgeReject(corpus: Corpus, {input}: Case): Judgement {
	const {manifests} = parseManifests(corpus.manifests(input));
	const unread = manifests.filter(({apiVersion, kind}) => handlingOf(apiVersion, kind).kind === 'refused');
	if (unread.length > 0) return {checked: 1, differences: [`refused for ${unread[0]!.kind} alone, which is not read`]};
	const refused = importFiles(corpus, input).kind === 'wrong';
	return {checked: 1, differences: refused ? [] : ['expected it to be refused, and it was read']};
}
