// IPv4 addresses as numbers, and ranges split at the union of their borders, so that lists cut in different places compare.

/** Inclusive. */
export interface Span {
	readonly first: number;
	readonly last: number;
}

/** Whether a name is an address or a range of them, and not a workload's. */
export const isRange = (name: string): boolean => /^\d+\.\d+\.\d+\.\d+(-\d+\.\d+\.\d+\.\d+)?$/.test(name);

export function parseSpan(text: string): Span {
	const [first, last] = text.split('-').map(toNumber);
	return {first: first!, last: last ?? first!};
}

export const toNumber = (address: string): number =>
	address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

export const toAddress = (number: number): string =>
	[24, 16, 8, 0].map(shift => Math.floor(number / 2 ** shift) % 256).join('.');

export const renderSpan = ({first, last}: Span): string =>
	first === last ? toAddress(first) : `${toAddress(first)}-${toAddress(last)}`;

export const holdsAll = (outer: Span, inner: Span): boolean => outer.first <= inner.first && inner.last <= outer.last;

/** All IPv4 addresses, cut wherever one of the spans begins or ends. */
export function splitAt(spans: readonly Span[]): readonly Span[] {
	const borders = new Set([0, 2 ** 32, ...spans.flatMap(({first, last}) => [first, last + 1])]);
	const sorted = [...borders].sort((a, b) => a - b);
	return sorted.slice(0, -1).map((first, at) => ({first, last: sorted[at + 1]! - 1}));
}
