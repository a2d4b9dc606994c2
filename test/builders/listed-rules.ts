/** What `nft list` prints of one or more tables, in an order of its own: what a table declares has none. */
export const listedRules = (text: string): string =>
	text
		.split(/\n(?=\t\w)/)
		.map(block => block.trimEnd().replace(/\n\}$/, ''))
		.sort()
		.join('\n');
