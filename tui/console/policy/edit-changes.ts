// What an edit of the policy would open and close, in kinds and ports.
import {portWord} from '../../../core/explain/words.ts';
import type {Protocol} from '../../../core/model/topology.ts';
import {changesBetween, type FlowChange, type Side} from '../../../core/reach/changes.ts';
import type {SharedClass} from '../../../core/reach/changes-classes.ts';
import {addressName} from '../../../core/reach/connections-address-name.ts';
import {joinedSpans} from '../../../core/reach/connections-ranges.ts';
import {type PortSet, rangesOf} from '../../../core/reach/port-set.ts';
import type {Draft} from '../state.ts';

/** Sorted lines, `wiki.dev -> api.dev:8080/tcp`; what is closed between two ends is one line, however many ports it is. */
export function editChanges(before: Side, after: Side): Pick<Draft, 'opened' | 'closed' | 'broken'> {
	const {flows, classes, needs} = changesBetween(before, after);
	const lines = (kind: FlowChange['kind']): readonly string[] =>
		[...new Set(flows.filter(flow => flow.kind === kind).flatMap(flow => linesOf(flow, classes)))].sort();
	return {
		opened: lines('opened'),
		closed: lines('closed'),
		broken: needs.broken.map(({dependency}) => dependency),
	};
}

const linesOf = ({between, ports, family}: FlowChange, classes: readonly SharedClass[]): readonly string[] =>
	between.map(({sources, destinations}) => {
		const [from, to] = [sources, destinations].map(numbers => ends(numbers.map(at => classes[at]!)));
		return `${from} -> ${to}:${portsText(ports)}${family === null ? '' : ` (IPv${family})`}`;
	});

const mostNames = 3;

function ends(classes: readonly SharedClass[]): string {
	const kinds = [...new Set(classes.flatMap(({members}) => members.map(({kind}) => kind)))].sort();
	const ranges = joinedSpans(classes.flatMap(({beyond}) => beyond?.ranges ?? []));
	const named =
		kinds.length <= mostNames ? kinds : [`${kinds.length} kinds (${kinds.slice(0, mostNames - 1).join(', ')}, …)`];
	return [...named, ...(ranges.length === 0 ? [] : [addressName(ranges)])].join(', ');
}

/** `8080/tcp, 53/udp`, `any tcp`, `anything`. */
function portsText(ports: PortSet): string {
	const words = rangesOf(ports).map(({protocol, first, last}) =>
		protocol === 'icmp'
			? 'icmp'
			: first <= 1 && last === 65_535
				? `any ${protocol}`
				: portWord({kind: 'range', protocol: protocol satisfies Protocol as 'tcp', first, last}),
	);
	const whole = ['any tcp', 'any udp', 'any sctp'].every(word => words.includes(word));
	if (whole) return 'anything';
	return words.length <= 4 ? words.join(', ') : `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`;
}
