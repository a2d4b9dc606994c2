// What people have, each as they would name it on the command line: a file of Compose or containerlab, a folder of manifests.
import path from 'node:path';
import {corpora, readCases} from '../kubernetes/corpus.ts';

export interface Named {
	/** `compose/awesome-flask-redis`. */
	readonly name: string;
	readonly source: string;
}

const kinds = ['compose', 'containerlab', 'apps-npguard-oracle'] as const;

/** All of them; none where the corpora are not beside the checkout. */
export const namedSources = (): readonly Named[] =>
	readCases()
		.filter(({source}) => kinds.some(kind => kind === source))
		.map(one => {
			const input = path.join(corpora, one.input[0]!);
			const folder = one.source === 'apps-npguard-oracle';
			return {name: `${one.source}/${one.case}`, source: folder ? `${input.split('/input/')[0]}/input` : input};
		});
