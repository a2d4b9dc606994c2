// What Compose files write as a list or as a map.

export interface Entry {
	readonly name: string;
	/** Null where only the name stands there. */
	readonly value: string | null;
	/** Its key or its index. */
	readonly at: string | number;
}

type Scalar = string | number | boolean;

/** `{A: 1}` and `[A=1]` alike. */
export function entriesOf(
	written: Readonly<Record<string, Scalar | null>> | readonly Scalar[] | null | undefined,
): readonly Entry[] {
	if (written == null) return [];
	if (!Array.isArray(written))
		return Object.entries(written as Record<string, Scalar | null>).map(([name, value]) => ({
			name,
			value: value === null ? null : String(value),
			at: name,
		}));
	return (written as readonly Scalar[]).map((one, at) => {
		const text = String(one);
		const equals = text.indexOf('=');
		return equals < 0
			? {name: text, value: null, at}
			: {name: text.slice(0, equals), value: text.slice(equals + 1), at};
	});
}
