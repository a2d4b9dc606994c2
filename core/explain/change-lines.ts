// The changes that flip the verdict on the page: a sentence each, its place, and text to paste.

import {placeText} from '../measure/rule-text.ts';
import {renderFlow} from '../model/flow.ts';
import {count, oneLine, type Page, plural, spread, wrap} from '../text/lines.ts';
import {printable} from '../text/printable.ts';
import type {Group} from './answer.ts';
import type {World} from './edit.ts';
import {editText} from './edit-text.ts';
import type {Change} from './explain.ts';
import {placeOfRule} from './rule-lines.ts';
import type {SideEffects} from './side-effects.ts';
import {ruleTitle} from './titles.ts';

export function changeLines({explanation, effects, members}: Group, world: World, page: Page): readonly string[] {
	const {verdict, changes, flow} = explanation;
	const denied = verdict.action === 'deny';
	const which = members.length === 1 ? 'it' : oneLine(renderFlow(flow)).replace('->', '▸');
	const wanted = `smallest change that ${denied ? 'allows' : 'denies'} ${which}`;
	const [first, ...others] = changes;
	if (first === undefined) return wrap(`${wanted}: none, for no policy is asked about it`, page.width);
	const guardrail = denied ? first.guardrails[0] : undefined;
	const title =
		guardrail === undefined
			? wrap(`${wanted}`, page.width)
			: spread(
					oneLine(`${wanted}: none without touching ${ruleTitle(world.stack, guardrail)}; touching it:`),
					placeOfRule(guardrail),
					page,
				);
	return [
		...title.map((line, at) => (at === 0 ? line.replace(wanted, page.paint('title', wanted)) : line)),
		...lines(first, '', world, page),
		...effectLines(effects[0], page),
		...others.flatMap((change, at) => [...lines(change, 'or: ', world, page), ...effectLines(effects[at + 1], page)]),
	];
}

/** Dependencies that a change would break: so many are named. */
const named = 3;

function effectLines(effects: SideEffects | undefined, page: Page): readonly string[] {
	if (effects === undefined) return [];
	const {opens, closes, breaks} = effects;
	const pairs = [
		...(opens === null || opens === 0 ? [] : [`opens ${plural(opens, 'other pair')}`]),
		...(closes === null || closes === 0 ? [] : [`closes ${plural(closes, 'other pair')}`]),
	];
	const more = breaks.length > named ? ` and ${count(breaks.length - named)} more` : '';
	const broken = breaks.slice(0, named).map(text => oneLine(text).replace('->', '▸'));
	const says = [
		...(pairs.length === 0 ? [] : [`also ${pairs.join(' and ')} of kinds by this port`]),
		...(breaks.length === 0 ? [] : [`also breaks ${broken.join(', ')}${more}`]),
	];
	return says.flatMap(text => wrap(text, page.width, 8, 8)).map(line => page.paint('warn', line));
}

/** Edits that belong together are numbered. */
function lines({edits}: Change, lead: string, world: World, page: Page): readonly string[] {
	return edits.flatMap((edit, at) => {
		const {says, where, yaml} = editText(world, edit);
		const number = edits.length > 1 ? `${at + 1}. ` : '';
		const head = `${at === 0 ? lead : ''}${number}${oneLine(says)}`;
		return [
			...spread(head, where === null ? null : oneLine(placeText(where)), page, 4),
			...(yaml === null
				? []
				: printable(yaml)
						.trimEnd()
						.split('\n')
						.map(line => `        ${line}`)),
		];
	});
}
