// Policy files as a test writes them, parsed against the small shop: `ruleOf('from: { tier: db }')`.
import {parsePolicies} from '../../../core/files/policy.ts';
import type {Policy, Rule, Stack} from '../../../core/model/policy.ts';
import {type Parsed, renderProblem} from '../../../core/model/problem.ts';
import {smallShop} from './small-shop.ts';

/** The files `a.yaml`, `b.yaml` … in force together. */
export const parse = (...texts: string[]): Parsed<Stack> =>
	parsePolicies(
		texts.map((text, index) => ({file: `${'abc'[index]}.yaml`, text})),
		smallShop,
	);

export const problemsOf = (...texts: string[]): readonly string[] => {
	const parsed = parse(...texts);
	return parsed.kind === 'ok' ? [] : parsed.problems.map(renderProblem);
};

export const policyOf = (text: string): Policy => {
	const parsed = parse(text);
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	return parsed.value[0]!;
};

/** The one rule of a policy with `lines` below `- allow: it`. */
export const ruleOf = (...lines: string[]): Rule => policyOf(rule(...lines)).rules[0]!;
export const rule = (...lines: string[]): string =>
	['policy: p', 'rules:', '  - allow: it', ...lines.map(line => `    ${line}`), ''].join('\n');
