import type {Problem} from '../../../core/model/problem.ts';
import type {Said} from '../../../tui/console/message.ts';

export const said = (text: string, look: Said['look'] = 'good'): Said => ({text, look});

/** The first of several problems, and how many more there are. */
export function saidProblems([first, ...more]: readonly Problem[]): Said {
	if (first === undefined) return said('it could not be read', 'bad');
	const {what, mend} = first;
	return said(
		`${what}${mend === '' ? '' : ` (${mend})`}${more.length === 0 ? '' : `, and ${more.length} more`}`,
		'bad',
	);
}
