// The lines of the policies' files, each with the rules that begin there. Remembered by stack: a frame only adds the hits.
import type {Policy, Rule, Stack} from '../../../core/model/policy.ts';
import type {World} from '../world/world.ts';

export interface RuleLine {
	/** A file, a tier of a policy without its text, or a line. */
	readonly kind: 'file' | 'title' | 'line' | 'end';
	/** 1-based, of the file; null for what does not stand there. */
	readonly number: number | null;
	readonly text: string;
	/** Ids of the rules that begin here. */
	readonly rules: readonly string[];
	/** Of the rule that this line belongs to, however far down; null for comments and headings. */
	readonly within: readonly string[] | null;
}

const known = new WeakMap<Stack, {readonly sources: World['sources']; readonly lines: readonly RuleLine[]}>();

/** File by file, in the order of the stack: the source where its text is known, else the rules by name. */
export function ruleLines({policy: {stack}, sources}: World): readonly RuleLine[] {
	const remembered = known.get(stack);
	if (remembered?.sources === sources) return remembered.lines;
	const files = Map.groupBy(stack, ({where}) => where.file);
	const lines = [...files].flatMap(([file, policies]) => {
		const text = sources.get(file);
		return [
			{kind: 'file' as const, number: null, text: file, rules: [], within: null},
			...(text === undefined ? policies.flatMap(byName) : bySource(text, policies)),
		];
	});
	known.set(stack, {sources, lines});
	return lines;
}

const tiers = ['guardrails', 'rules', 'baseline'] as const;

const rulesOf = (policy: Policy): readonly Rule[] => tiers.flatMap(tier => policy[tier]);

function bySource(text: string, policies: readonly Policy[]): readonly RuleLine[] {
	const source = text.replace(/\n$/, '').split(/\r?\n/);
	const starts = new Map<number, string[]>();
	const begin = (line: number, id: string): void => void starts.set(line, [...(starts.get(line) ?? []), id]);
	for (const policy of policies) for (const {id, where} of rulesOf(policy)) begin(where.line, id);
	const silent = policies.flatMap(policy => {
		const written = policies.length === 1 ? source.findIndex(one => /^default\s*:/.test(one)) : -1;
		const ends = endings(policy);
		if (written >= 0) for (const {id} of ends) begin(written + 1, id);
		return written >= 0 ? [] : ends;
	});
	let within: readonly string[] | null = null;
	let indent = 0;
	const lines = source.map((line, at): RuleLine => {
		const rules = starts.get(at + 1) ?? [];
		const own = /^\s*/.exec(line)![0].length;
		if (rules.length > 0) [within, indent] = [rules, own];
		else if (line.trim() !== '' && (own <= indent || line.trim().startsWith('#'))) within = null;
		return {
			kind: 'line',
			number: at + 1,
			text: line.replaceAll('\t', '  '),
			rules,
			within: line.trim() === '' ? null : within,
		};
	});
	return [
		...lines,
		...silent.map(({id, text}): RuleLine => ({kind: 'end', number: null, text, rules: [id], within: [id]})),
	];
}

/** What decides where no rule does, in words. What isolates has no other default. */
const endings = (policy: Policy): readonly {readonly id: string; readonly text: string}[] =>
	policy.isolates
		? [{id: `${policy.id}.isolation`, text: `${policy.name}: what it isolates and no rule allows is denied`}]
		: [{id: `${policy.id}.default`, text: `default: ${policy.default}`}];

function byName(policy: Policy): readonly RuleLine[] {
	const title = (text: string): RuleLine => ({kind: 'title', number: null, text, rules: [], within: null});
	const line = (number: number | null, id: string, text: string): RuleLine => ({
		kind: number === null ? 'end' : 'line',
		...{number, text, rules: [id], within: [id]},
	});
	return [
		title(`policy: ${policy.name}`),
		...tiers.flatMap(tier =>
			policy[tier].length === 0
				? []
				: [
						title(`${tier}:`),
						...policy[tier].map(({id, action, name, where}) => line(where.line, id, `  ${action}: ${name}`)),
					],
		),
		...endings(policy).map(({id, text}) => line(null, id, text)),
	];
}
