// The glyphs of SCREENS: they carry the meaning, and colours repeat it.
import type {Look} from '../line.ts';

export type CellState =
	| 'healthy'
	| 'tried'
	| 'compromised'
	| 'pivot'
	| 'jewel'
	| 'lost-jewel'
	| 'quarantined'
	| 'broken'
	| 'outside';

export interface Glyph {
	readonly text: string;
	readonly ascii: string;
	readonly look: Look;
	readonly means: string;
}

export const glyphs: Readonly<Record<CellState, Glyph>> = {
	healthy: {text: '○', ascii: 'o', look: 'plain', means: 'healthy'},
	tried: {text: '◌', ascii: '?', look: 'warn', means: 'tried, and not entered'},
	compromised: {text: '●', ascii: '#', look: 'bad', means: 'compromised'},
	pivot: {text: '◉', ascii: '@', look: 'accent', means: 'pivot: the attacker goes on from here'},
	jewel: {text: '◆', ascii: '*', look: 'strong', means: 'crown jewel'},
	'lost-jewel': {text: '◈', ascii: 'X', look: 'bad', means: 'crown jewel lost'},
	quarantined: {text: '✕', ascii: '=', look: 'warn', means: 'quarantined'},
	broken: {text: '!', ascii: '!', look: 'warn', means: 'a dependency of it is broken'},
	outside: {text: '·', ascii: '.', look: 'dim', means: 'outside'},
};
