// What a workload needs and who needs it: whether that works now, and which rule breaks it.

import {flowPort} from '../../../core/explain/words.ts';
import {kindsOf} from '../../../core/measure/kinds.ts';
import type {RuleRef} from '../../../core/model/policy.ts';
import type {Dependency} from '../../../core/model/topology.ts';
import {marks} from '../../../core/text/marks.ts';
import {type Line, type Span, shown, span, textOf} from '../../line.ts';
import {entries} from '../history.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import {cellKey, type World} from '../world/world.ts';
import type {Subject} from './subject.ts';
import type {Part} from './workload-lines.ts';

export function needLines({world, ascii}: ConsoleState, {kind}: Subject, {widthOf, columns}: Box): readonly Part[] {
	const {dependencies} = world.rehearsal.topology;
	const own = dependencies.map((one, at) => ({...one, at})).filter(({from, to}) => from === kind || to === kind);
	const isBroken = own.some(({at}) => (world.needs.get(at)?.denied ?? 0) > 0);
	const denials = isBroken ? denyingRules(world, kind) : new Map<string, RuleRef>();
	/** The rule stands on a line of its own where there is no room for it. */
	const linesOf = (one: (typeof own)[number], text: string, width: number): readonly Line[] => {
		const line: Line = [
			span(text),
			span(' '.repeat(Math.max(0, width - widthOf(text)) + 2)),
			...(one.vital ? [span('vital ', 'strong')] : []),
			...stateOf(one),
		];
		const broken = (world.needs.get(one.at)?.denied ?? 0) > 0;
		const rule = broken ? denials.get(cellKey(one.from, one.to, one.protocol, one.port)) : undefined;
		if (rule === undefined) return [line];
		const by = [span(` by ${ruleWord(rule)}`)];
		return widthOf(textOf([...line, ...by])) <= columns ? [[...line, ...by]] : [line, [span(' '), ...by]];
	};
	const stateOf = ({at, dangling}: (typeof own)[number]): readonly Span[] => {
		if (dangling) return [span('the far end is not in the topology', 'dim')];
		const need = world.needs.get(at);
		if (need === undefined || need.probed === 0) return [span('not probed', 'dim')];
		if (need.denied === 0) return [span('works', 'good')];
		return [
			span(`${ascii ? 'x' : marks.bad} broken`, 'bad'),
			span(need.denied < need.probed ? ` ${need.denied} of ${need.probed}` : '', 'bad'),
		];
	};
	const part = (title: string, some: typeof own, words: (one: Dependency) => string): readonly Part[] => {
		const texts = some.map(words);
		const width = Math.min(40, Math.max(0, ...texts.map(widthOf)));
		return some.length === 0 ? [] : [{title, lines: some.flatMap((one, at) => linesOf(one, texts[at]!, width))}];
	};
	return [
		...part(
			'needs',
			own.filter(({from}) => from === kind),
			one => `${shown(one.to)}:${flowPort(one)}`,
		),
		...part(
			'needed by',
			own.filter(({from}) => from !== kind),
			one => `${shown(one.from)} on ${flowPort(one)}`,
		),
	];
}

/** The rule that denied each flow of the kind's last, by `cellKey`. */
function denyingRules({verdicts, rehearsal}: World, kind: string): ReadonlyMap<string, RuleRef> {
	const kinds = kindsOf(rehearsal.topology);
	const rules = new Map<string, RuleRef>();
	for (const {from, to, protocol, port, decision, rule} of entries(verdicts)) {
		if (decision !== 'deny' || rule === null) continue;
		const [source, target] = [kinds.of(from) ?? from, kinds.of(to) ?? to];
		if (source === kind || target === kind) rules.set(cellKey(source, target, protocol, port), rule);
	}
	return rules;
}

/** `"environments do not mix" segmented.policy.yaml:8`. */
export const ruleWord = ({name, where}: RuleRef): string =>
	`"${shown(name)}"${where === null ? '' : ` ${shown(where.file)}:${where.line}`}`;
