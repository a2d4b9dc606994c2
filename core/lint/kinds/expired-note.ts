import {type FindingKind, finding} from '../finding.ts';

export const expiredNote: FindingKind = {
	id: 'expired-note',
	severities: ['warning'],
	title: 'a rule whose note says until when, and that day is past',
	looksFor: 'A rule whose `note: { until: … }` lies before today. The day itself still counts.',
	find: ({rules, today}) =>
		rules.flatMap(({rule, ref}) => {
			const {until, ticket} = rule.note ?? {until: null, ticket: null};
			if (until === null || until >= today) return [];
			return [
				finding({
					severity: 'warning',
					where: rule.where,
					what: `"${rule.name}" was to last until ${until}${ticket === null ? '' : ` (${ticket})`}`,
					mend: 'remove the rule, or agree on a new day',
					rule: ref,
				}),
			];
		}),
};
