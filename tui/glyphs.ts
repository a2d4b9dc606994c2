// The glyphs of SCREENS: they carry the meaning, and colours repeat it.
import {marks} from '../core/text/marks.ts';
import type {Look} from './line.ts';

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
	/** A word for it. */
	readonly short: string;
	readonly means: string;
}

export const glyphs: Readonly<Record<CellState, Glyph>> = {
	healthy: {text: marks.none, ascii: 'o', look: 'plain', short: 'healthy', means: 'healthy'},
	tried: {text: '◌', ascii: '?', look: 'warn', short: 'tried', means: 'tried, and not entered'},
	compromised: {text: marks.all, ascii: '#', look: 'bad', short: 'compromised', means: 'compromised'},
	pivot: {text: '◉', ascii: '@', look: 'accent', short: 'pivot', means: 'pivot: the attacker goes on from here'},
	jewel: {text: marks.jewel, ascii: '*', look: 'strong', short: 'jewel', means: 'crown jewel'},
	'lost-jewel': {text: '◈', ascii: 'X', look: 'bad', short: 'jewel lost', means: 'crown jewel lost'},
	quarantined: {text: '✕', ascii: '=', look: 'warn', short: 'quarantined', means: 'quarantined'},
	broken: {text: '!', ascii: '!', look: 'warn', short: 'broken', means: 'a dependency of it is broken'},
	outside: {text: marks.nothing, ascii: '.', look: 'dim', short: 'outside', means: 'outside'},
};
