// What `x` asks: the flow that whoever looks on most likely means.
import {flowPort} from '../../core/explain/words.ts';
import {kindsOf} from '../../core/measure/kinds.ts';
import {entries} from './history.ts';
import {walkedEntry} from './matrix/plan-grid.ts';
import {matrixAxes} from './panes/matrix-view.ts';
import type {ConsoleState} from './state.ts';
import type {Verdict} from './world/world.ts';

type Asked = NonNullable<ConsoleState['question']>;

/**
 * In the matrix its cell; else the last denial from or to what is chosen, else the last verdict, else what it needs; with
 * nothing chosen the last denial of all. Null where there is none of these.
 */
export function askedAbout(state: ConsoleState): Asked | null {
	const {world, chosen, pane, focus, cell} = state;
	const {topology} = world.rehearsal;
	const kinds = kindsOf(topology);
	if (pane === 'matrix' && focus === 'pane') {
		const {rows, columns} = matrixAxes(state);
		const [from] = rows[walkedEntry(rows, cell.from)]?.kinds ?? [];
		const [to] = columns[walkedEntry(columns, cell.to)]?.kinds ?? [];
		return from === undefined || to === undefined ? null : {from: from.name, to: to.name, port: firstPort(to)};
	}
	const isMeant = ({from, to}: Verdict): boolean =>
		chosen === null || [from, to, kinds.of(from), kinds.of(to)].includes(chosen);
	const seen = entries(world.verdicts).filter(isMeant);
	const told = seen.findLast(({decision}) => decision === 'deny') ?? (chosen === null ? undefined : seen.at(-1));
	if (told !== undefined) return {from: told.from, to: told.to, port: flowPort(told)};
	if (chosen === null) return null;
	const kind = kinds.all.has(chosen) ? chosen : kinds.of(chosen);
	const need = topology.dependencies.find(({from, to, dangling}) => !dangling && (from === kind || to === kind));
	return need === undefined ? null : {from: need.from, to: need.to, port: flowPort(need)};
}

const firstPort = ({
	services: [first],
}: {
	readonly services: readonly {port: number; protocol: 'tcp' | 'udp' | 'sctp'}[];
}) => (first === undefined ? 'icmp' : flowPort(first));
