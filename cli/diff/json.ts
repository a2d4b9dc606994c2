// A diff for programs.

import {placeText} from '../../core/measure/rule-text.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import type {ChangedEnd} from '../../core/reach/changes.ts';
import type {NeedChange} from '../../core/reach/changes-needs.ts';
import type {WrittenRule} from '../../core/reach/changes-rules.ts';
import {portTexts} from '../matrix/port-words.ts';
import {safe} from '../report/json.ts';
import type {Difference} from './difference.ts';
import {type ChangeGroup, type ChangeRow, type Groups, groupsOf} from './groups.ts';
import type {Party} from './parties.ts';

/**
 * One object, schema `firebreak/diff/v1`, ending in a newline. A change is what one set of rules does: its `flows` are
 * every source with every destination (a workload and itself are never meant), on those ports, in those families.
 */
export function renderJson(difference: Difference): string {
	const {name, before, after, changes, rules, inventory} = difference;
	const {needs} = changes;
	const groups = groupsOf(difference);
	const value = {
		schema: 'firebreak/diff/v1',
		name,
		before,
		after,
		summary: {opened: changes.pairs.opened, closed: changes.pairs.closed},
		changes: groups.all.map(group => changeOf(group, groups)),
		dependencies: {known: needs.known, broken: needs.broken.map(needOf), mended: needs.mended.map(needOf)},
		workloads: inventory.workloads,
		services: inventory.services,
		rules: {
			added: rules.added.map(writtenOf),
			gone: rules.gone.map(writtenOf),
			altered: rules.altered.map(writtenOf),
		},
	};
	return `${safe(JSON.stringify(value, null, '\t'))}\n`;
}

const changeOf = ({kind, because, ends, rows, pairs}: ChangeGroup, groups: Groups) => ({
	change: kind,
	because,
	ends: ends.map(endOf),
	pairs,
	flows: rows.map(row => flowOf(row, groups)),
});

const endOf = ({direction, was, now}: ChangedEnd) => ({direction, was: ruleOf(was), now: ruleOf(now)});

const ruleOf = (rule: RuleRef | null) =>
	rule === null || rule.tier === 'none'
		? null
		: {
				id: rule.id,
				name: rule.name,
				policy: rule.policy,
				tier: rule.tier,
				where: rule.where === null ? null : placeText(rule.where),
			};

const flowOf = ({ports, family, sources, destinations, jewels, crosses, pairs}: ChangeRow, {parties}: Groups) => ({
	sources: partyOf(parties.partyOf(sources)),
	destinations: partyOf(parties.partyOf(destinations)),
	ports: portTexts(ports),
	/** Null: every family that the ends share. */
	family,
	crownJewels: jewels,
	crossesEnvironments: crosses,
	pairs,
});

const partyOf = ({kinds, ranges, workloads}: Party) => ({
	kinds: kinds.filter(part => part.workloads === part.of).map(({kind}) => kind),
	parts: kinds
		.filter(part => part.workloads !== part.of)
		.map(({kind, workloads: some, of}) => ({kind, workloads: some, of})),
	addresses: ranges,
	workloads,
});

const needOf = ({rule, ...need}: NeedChange) => ({...need, rule: ruleOf(rule)});

const writtenOf = ({where, ...rule}: WrittenRule) => ({...rule, where: placeText(where)});
