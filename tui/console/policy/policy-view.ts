import {scrollOf} from '../keys/scroll.ts';
import {filled, type View} from '../view.ts';
import {litAt, policyLength, policyLines} from './policy-lines.ts';

/** The pane of the policy: followed, it keeps the rule that decided last in sight; an edit is seen from its beginning. */
export const policyView: View = (state, box) => {
	const rows = Math.max(0, box.rows);
	const scroll = scrollOf(state, 'policy');
	const lit = state.draft !== null ? 0 : (litAt(state, box) ?? 0);
	const top = scroll.kind === 'follow' ? lit - Math.floor(rows / 3) : scroll.top;
	const start = Math.max(0, Math.min(policyLength(state, box) - rows, top));
	return filled(policyLines(state, box, start), box);
};
