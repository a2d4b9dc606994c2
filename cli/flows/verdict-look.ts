// How a verdict looks: by colour and by a sign of its own, never by one alone.

import type {FlowVerdict} from '../../core/flows/dependency-map.ts';
import {marks} from '../../core/text/marks.ts';
import type {Style} from '../report/paint.ts';

export interface VerdictLook {
	/** On a terminal. */
	readonly style: Style;
	/** In a cell of a picture. */
	readonly sign: string;
	/** Of an arrow and a cell, on a light ground. */
	readonly colour: string;
	/** Of an arrow. Source: Graphviz, "style". */
	readonly line: 'solid' | 'dashed' | 'dotted' | 'bold';
	readonly words: string;
}

export const verdictLook: Readonly<Record<FlowVerdict, VerdictLook>> = {
	allow: {style: 'good', sign: marks.all, colour: '#2e7d32', line: 'solid', words: 'allowed'},
	deny: {style: 'bad', sign: 'x', colour: '#c62828', line: 'dashed', words: 'denied'},
	'would-deny': {style: 'warn', sign: '!', colour: '#b26a00', line: 'dotted', words: 'allowed, and would be denied'},
	'would-allow': {style: 'warn', sign: '+', colour: '#1565c0', line: 'bold', words: 'denied, and would be allowed'},
};
