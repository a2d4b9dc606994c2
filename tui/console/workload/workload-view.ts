import {scrollOf} from '../keys/scroll.ts';
import {filled, type View} from '../view.ts';
import {workloadLines} from './workload-lines.ts';

export const workloadView: View = (state, box) => {
	const lines = workloadLines(state, box);
	const rows = Math.max(0, box.rows);
	const scroll = scrollOf(state, 'workload');
	const start = scroll.kind === 'follow' ? 0 : Math.max(0, Math.min(lines.length - rows, scroll.top));
	return filled(lines.slice(start, start + rows), box);
};
