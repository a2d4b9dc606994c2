// Values as YAML that people go on writing in: keys in their order, what fits on a line on one line.
import {Document, isCollection, isMap, isScalar, isSeq, type Node, visit} from 'yaml';

/** The longest collection that stands on one line, in characters. */
const longestFlow = 88;

/**
 * `value` as a file: `head` as comments above it, one line each. Text is quoted where YAML would read it otherwise, so
 * that reading the file gives the value again.
 */
export function renderYaml(value: unknown, head: readonly string[] = []): string {
	const document = new Document(value);
	visit(document, {
		Collection(_, node, path) {
			const above = path.filter(isCollection);
			// Sections and the entries of a list stay open, to be found by eye; what is short in them does not.
			const isEntry = above.length === 2 && isSeq(above[1]);
			if (above.length === 0 || isEntry || !isFlat(node as Node, above.length === 1 ? 1 : 2)) return undefined;
			if (JSON.stringify(node).length > longestFlow) return undefined;
			(node as {flow?: boolean}).flow = true;
			return visit.SKIP;
		},
	});
	const comment = head.map(line => `# ${line.replaceAll(/[\r\n\u2028\u2029\u0085]/g, ' ')}\n`).join('');
	return comment + document.toString({lineWidth: 0, flowCollectionPadding: true});
}

/** At most `depth` levels; two are a list of maps of words, or a map of lists of words. */
const isFlat = (node: Node, depth: number): boolean => {
	if (isScalar(node)) return true;
	if (depth === 0) return false;
	if (isSeq(node)) return node.items.every(item => isFlat(item as Node, depth - 1));
	return isMap(node) && node.items.every(({value}) => isFlat(value as Node, depth - 1));
};
