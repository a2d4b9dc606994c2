// A rule by its place and its name.
import {placeText} from '../../core/measure/rule-text.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import {oneLine} from '../report/lines.ts';

/** `segmented.policy.yaml:19 "web may use api"`: the place first, since a narrow page cuts the end. */
export const ruleAt = ({name, where}: Pick<RuleRef, 'name' | 'where'>): string =>
	`${where === null ? '' : `${shortPlace(where)} `}"${oneLine(name)}"`;

/** Of a file that was named with its whole path the last word tells enough. */
export const shortPlace = (where: NonNullable<RuleRef['where']>): string =>
	oneLine(placeText(where.file.startsWith('/') ? {...where, file: where.file.replace(/^.*\/(?=.)/, '')} : where));
