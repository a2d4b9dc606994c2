// Both ends of a flow on the page, the sender's first.
import type {Page} from '../text/lines.ts';
import {asksTheSame, type ChainView, chainLines} from './chain-lines.ts';
import type {Explanation} from './explain.ts';

/** The chains of both ends; where the second says what the first said, it says so unless every rule is asked for. */
export function endsLines(
	{egress, ingress, flow: {source, destination}}: Explanation,
	view: Pick<ChainView, 'stack' | 'all' | 'more'>,
	page: Page,
): readonly string[] {
	const sender: ChainView = {...view, name: source.workload ?? source.address, reached: true, repeats: false};
	const receiver: ChainView = {
		...view,
		name: destination.workload ?? destination.address,
		reached: egress.verdict?.action !== 'deny',
		repeats: !view.all && asksTheSame(egress, ingress),
	};
	return [...chainLines(egress, sender, page), ...chainLines(ingress, receiver, page)];
}
