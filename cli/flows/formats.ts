// Every form of a dependency map, by its name.
import type {Page} from '../report/lines.ts';
import {renderFlowsCsv} from './csv.ts';
import {renderFlowsDot} from './dot.ts';
import type {FlowsSubject} from './flows-subject.ts';
import {renderFlowsJson} from './json.ts';
import {renderFlowsSvg} from './svg.ts';
import {renderFlowsText} from './text.ts';

export const flowsFormats = ['text', 'json', 'csv', 'dot', 'svg'] as const;
export type FlowsFormat = (typeof flowsFormats)[number];

/** Null where there is too much for a picture. */
export function renderFlows(format: FlowsFormat, subject: FlowsSubject, page: Page): string | null {
	switch (format) {
		case 'text':
			return renderFlowsText(subject, page);
		case 'json':
			return renderFlowsJson(subject);
		case 'csv':
			return renderFlowsCsv(subject);
		case 'dot':
			return renderFlowsDot(subject);
		case 'svg':
			return renderFlowsSvg(subject);
		default:
			return format satisfies never;
	}
}
