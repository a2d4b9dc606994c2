// The learned policy as a file of Firebreak's own.
import {renderYaml} from '../../core/files/render-yaml.ts';
import type {LearnedPolicy} from '../../core/learn/policy-from-needs.ts';
import {oneLine} from '../report/lines.ts';

export const nativeText = ({value, notes}: LearnedPolicy, head: readonly string[]): string =>
	renderYaml(value, [...head, ...notes].map(tamed));

/** A comment stays on its line, whatever a name holds; the indent is kept. */
const tamed = (line: string): string => oneLine(line);
