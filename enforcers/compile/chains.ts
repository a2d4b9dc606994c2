// A program as chains: tiers in their order, `pass` as a jump over guardrails, `unless` as a chain that returns.
import type {Direction, EndVerdict, Policy, RuleRef} from '../../core/model/policy.ts';
import {safeComment} from './comment.ts';
import type {LocalEnding, LocalProgram, LocalStep} from './local-program.ts';
import {type Lines, localLines, matchLines} from './match-lines.ts';

/** One rule of nftables: match, statements, and the name of the rule it stands for, safe as a comment. */
export interface Line {
	readonly match: string;
	readonly statement: string;
	readonly comment: string;
}

export interface Chain {
	readonly name: string;
	readonly lines: readonly Line[];
}

/** The statements of a decision, which end the packet's way; and of a step that passes on to `chain`. */
export interface Statements {
	decide(action: EndVerdict['action'], ref: RuleRef, policy: Policy | null): string;
	pass(ref: RuleRef, chain: string): string;
}

/** nftables identifiers cannot hold the dots of rule ids, which are `[a-z0-9.]+`. */
export const safeId = (id: string): string => id.replaceAll(/[^a-z0-9]/g, '_');

/** The chain `name` and those it needs, each decision made; a chain comes before those that jump to it. */
export function programChains(
	{name, direction, program}: {name: string; direction: Direction; program: LocalProgram},
	statements: Statements,
	lines: Lines,
): readonly Chain[] {
	const extra: Chain[] = [];
	const line = (match: string, statement: string, ref: RuleRef): Line => ({
		match,
		statement,
		comment: safeComment(ref.name),
	});

	const step = (one: LocalStep): readonly Line[] => {
		const matches = matchLines(one, direction, lines);
		if (matches.length === 0) return [];
		const statement =
			one.action === 'pass'
				? statements.pass(one.ref, `${name}_rules`)
				: statements.decide(one.action, one.ref, one.policy);
		const returns = one.unless
			.flatMap(match => matchLines(match, direction, lines))
			.map(match => ({match, statement: 'return', comment: ''}));
		if (returns.length === 0) return matches.map(match => line(match, statement, one.ref));
		const chain = `${name}_${safeId(one.ref.id)}`;
		extra.push({name: chain, lines: [...returns, line('', statement, one.ref)]});
		return matches.map(match => line(match, `jump ${chain}`, one.ref));
	};
	const ending = ({local, verdict, policy}: LocalEnding, isLast: boolean): readonly Line[] =>
		(isLast ? [''] : localLines(local, direction, lines)).map(match =>
			line(match, statements.decide(verdict.action, verdict.rule, policy), verdict.rule),
		);

	const {guardrails, rules, isolations, baseline, endings} = program;
	const first = guardrails.flatMap(step);
	const rest = [
		...rules.flatMap(step),
		...isolations.flatMap((one, at) => ending(one, endings.length === 0 && at === isolations.length - 1)),
		...(endings.length === 0 ? [] : baseline.flatMap(step)),
		...endings.flatMap((one, at) => ending(one, at === endings.length - 1)),
	];
	if (!guardrails.some(({action}) => action === 'pass')) return [...extra, {name, lines: [...first, ...rest]}];
	const goOn: Line = {match: '', statement: `goto ${name}_rules`, comment: ''};
	return [{name: `${name}_rules`, lines: rest}, ...extra, {name, lines: [...first, goOn]}];
}
