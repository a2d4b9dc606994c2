import type {Evidence} from '../../core/contracts/evidence.ts';
import type {Answer} from '../../core/contracts/network.ts';

/**
 * What its sender sees of a flow.
 *
 * @param resets - true where a denied TCP connection is reset, so that the sender sees it closed: by rule id
 */
export function answerOf({flow, outcome}: Evidence, resets: (rule: string) => boolean): Answer {
	switch (outcome.kind) {
		case 'open':
		case 'closed':
			return outcome.kind;
		case 'denied':
			return flow.protocol === 'tcp' && resets(outcome.rule) ? 'closed' : 'silent';
		case 'inconclusive':
			return flow.destination.workload === null ? 'no-host' : 'silent';
		default:
			return outcome satisfies never;
	}
}
