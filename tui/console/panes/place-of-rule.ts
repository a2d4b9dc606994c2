import {placeText} from '../../../core/measure/rule-text.ts';
import type {RuleRef} from '../../../core/model/policy.ts';
import {shown} from '../../line.ts';

/** `by default`, `by "environments do not mix"`; a rule that nobody knows the name of by its id. */
export const byRule = ({name, tier}: RuleRef): string => (tier === 'default' ? 'by default' : `by "${shown(name)}"`);

/** `segmented.policy.yaml:8`; empty for a rule that stands in no file. */
export const placeOfRule = ({where}: RuleRef): string => (where === null ? '' : shown(placeText(where)));
