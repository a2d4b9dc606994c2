// `${VAR:-default}` in the values of a file. Source: compose-spec, "Interpolation"; containerlab also has `${VAR:=default}`.

export type Lookup = (name: string) => string | undefined;

export interface Interpolated {
	readonly text: string;
	/** Variables that nobody set and that have no default: they became nothing. */
	readonly unset: readonly string[];
	/** Why the text cannot be used: what `${VAR:?…}` says, or a brace that is not closed. */
	readonly wrong: string | null;
	/** True where a variable that somebody set went into the text. */
	readonly filled: boolean;
}

interface State {
	readonly lookup: Lookup;
	readonly unset: string[];
	wrong: string | null;
	filled: boolean;
}

/** `$$` is a dollar; defaults may have variables in them. */
export function interpolate(text: string, lookup: Lookup): Interpolated {
	if (!text.includes('$')) return {text, unset: [], wrong: null, filled: false};
	const state: State = {lookup, unset: [], wrong: null, filled: false};
	return {...{text: expand(text, state)}, unset: state.unset, wrong: state.wrong, filled: state.filled};
}

function expand(text: string, state: State): string {
	let out = '';
	let at = 0;
	while (at < text.length) {
		const dollar = text.indexOf('$', at);
		if (dollar < 0) return out + text.slice(at);
		out += text.slice(at, dollar);
		const next = text[dollar + 1];
		if (next === '$') {
			out += '$';
			at = dollar + 2;
			continue;
		}
		if (next === '{') {
			const end = closing(text, dollar + 2);
			if (end < 0) {
				state.wrong ??= `${JSON.stringify(text.slice(dollar, dollar + 30))} has no closing }`;
				return out;
			}
			out += braced(text.slice(dollar + 2, end), state);
			at = end + 1;
			continue;
		}
		const name = /^[A-Za-z_]\w*/.exec(text.slice(dollar + 1))?.[0] ?? '';
		out += name === '' ? '$' : variable(name, state);
		at = dollar + 1 + name.length;
	}
	return out;
}

/** Offset of the brace that closes what begins at `from`, or -1. */
function closing(text: string, from: number): number {
	let depth = 1;
	for (let at = from; at < text.length; at++) {
		if (text[at] === '$' && text[at + 1] === '{') depth++;
		else if (text[at] === '}' && --depth === 0) return at;
	}
	return -1;
}

function braced(inner: string, state: State): string {
	const [, name, operator = '', word = ''] = /^([A-Za-z_]\w*)(?:(:?[-?+=])(.*))?$/s.exec(inner) ?? [];
	if (name === undefined) {
		state.wrong ??= `${JSON.stringify(`\${${inner.slice(0, 30)}}`)} is not a variable`;
		return '';
	}
	const value = state.lookup(name);
	const there = value !== undefined && !(operator.startsWith(':') && value === '');
	switch (operator.at(-1)) {
		case '-':
		case '=':
			return there ? variable(name, state) : expand(word, state);
		case '+':
			return there ? expand(word, state) : '';
		case '?':
			if (!there) state.wrong ??= `the variable ${name} is required${word === '' ? '' : `: ${expand(word, state)}`}`;
			return value ?? '';
		default:
			return variable(name, state);
	}
}

function variable(name: string, state: State): string {
	const value = state.lookup(name);
	if (value === undefined) state.unset.push(name);
	else state.filled = true;
	return value ?? '';
}
