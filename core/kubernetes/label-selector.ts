// Label selectors as every policy kind has them. Source: apimachinery, meta/v1: LabelSelector and its validation.
import {z} from 'zod';
import type {Requirement} from '../model/policy.ts';
import {isLabelKey, isLabelValue, keyMend, labels, list, valueMend} from './object-schema.ts';

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

const expression = z
	.strictObject({key: z.string(), operator: z.enum(operators), values: list(z.string())})
	.superRefine(({key, operator, values}, context) => {
		const complain = (field: string, message: string, mend: string): void =>
			context.addIssue({code: 'custom', path: [field], message, params: {mend}});
		if (!isLabelKey(key)) complain('key', 'this is no label key', keyMend);
		const given = values ?? [];
		const wanted = operator === 'In' || operator === 'NotIn';
		if (wanted && given.length === 0) complain('values', `is empty, and ${operator} compares with values`, 'add one');
		if (!wanted && given.length > 0) complain('values', `${operator} takes no values`, 'take them out');
		if (given.some(value => !isLabelValue(value))) complain('values', 'holds what is no label value', valueMend);
	});

export const labelSelector = z.strictObject({matchLabels: labels.nullish(), matchExpressions: list(expression)});
export type LabelSelector = z.output<typeof labelSelector>;

type LabelRequirement = Extract<Requirement, {readonly kind: 'label' | 'namespace-label'}>;

/** An empty or missing selector requires nothing. `NotIn` and `DoesNotExist` hold without the label, as in the standard. */
export function requirementsOf(
	selector: LabelSelector | null | undefined,
	kind: LabelRequirement['kind'],
): readonly LabelRequirement[] {
	const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
		kind,
		key,
		values: [value],
		wanted: true,
	}));
	const expressions = (selector?.matchExpressions ?? []).map(({key, operator, values}) => ({
		kind,
		key,
		values: operator === 'In' || operator === 'NotIn' ? (values ?? []) : null,
		wanted: operator === 'In' || operator === 'Exists',
	}));
	return [...equal, ...expressions];
}
