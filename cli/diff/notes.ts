// Sentences that the text and the comment of a diff have in common.
import {count, listed, oneLine, plural} from '../report/lines.ts';
import type {Difference, SideName} from './difference.ts';
import type {ChangeGroup, ChangeRow} from './groups.ts';

/** `shop: zones ▸ segmented`, `shop, segmented: main ▸ now`, with the placement where the two differ. */
export function titleOf({name, before, after}: Difference, arrow: string): string {
	const same = before.candidate === after.candidate;
	const text = ({label, candidate, placement}: SideName): string => {
		const more = [
			...(same || label === candidate ? [] : [candidate]),
			...(before.placement === after.placement ? [] : [placement]),
		];
		return `${oneLine(label)}${more.length === 0 ? '' : ` (${more.map(oneLine).join(', ')})`}`;
	};
	const all =
		same && before.candidate !== before.label && before.candidate !== 'manifests' ? `, ${before.candidate}` : '';
	return `${oneLine(name)}${oneLine(all)}: ${text(before)} ${arrow} ${text(after)}`;
}

/** Why a line is worth a look. */
export function noteOf({jewels, crosses, beyond}: ChangeRow, kind: ChangeGroup['kind']): string {
	const jewel =
		jewels.length > 2
			? `${jewels.length} crown jewels`
			: `crown ${jewels.length === 1 ? 'jewel' : 'jewels'} ${listed(jewels.map(oneLine))}`;
	return [
		...(jewels.length === 0 ? [] : [kind === 'opened' ? `to ${jewel}` : jewel]),
		...(crosses ? ['across environments'] : []),
		...(beyond ? ['with the outside'] : []),
	].join(', ');
}

/** `3 rules added, 1 gone, 2 altered`; empty where the texts say the same. */
export function rulesText({rules: {added, gone, altered}}: Difference): string {
	const parts = [
		...(added.length === 0 ? [] : [`${count(added.length)} added`]),
		...(gone.length === 0 ? [] : [`${count(gone.length)} gone`]),
		...(altered.length === 0 ? [] : [`${count(altered.length)} altered`]),
	];
	return parts.length === 0 ? '' : `rules: ${parts.join(', ')}`;
}

const named = 12;

/** What is there on one side alone: workloads and services. */
export function inventoryTexts({inventory: {workloads, services}}: Difference): readonly string[] {
	const list = (names: readonly string[]): string =>
		`${names.slice(0, named).map(oneLine).join(', ')}${names.length > named ? ` and ${count(names.length - named)} more` : ''}`;
	const kinds = (all: typeof workloads.added): string =>
		list(
			all.map(({kind, workloads: many, whole}) =>
				whole && many === 1 ? kind : `${kind} (${plural(many, 'workload')})`,
			),
		);
	return [
		...(workloads.added.length === 0 ? [] : [`new workloads: ${kinds(workloads.added)}`]),
		...(workloads.gone.length === 0 ? [] : [`workloads gone: ${kinds(workloads.gone)}`]),
		...(services.added.length === 0 ? [] : [`new services: ${list(services.added)}`]),
		...(services.gone.length === 0 ? [] : [`services gone: ${list(services.gone)}`]),
	];
}
