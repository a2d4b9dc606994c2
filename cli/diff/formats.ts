import type {Page} from '../report/lines.ts';
import {renderConnlistDiff} from './connlist-diff.ts';
import type {Difference} from './difference.ts';
import {renderJson} from './json.ts';
import {renderMarkdown} from './markdown.ts';
import {renderText} from './text.ts';

export const diffFormats = ['text', 'json', 'markdown', 'connlist-diff'] as const;
export type DiffFormat = (typeof diffFormats)[number];

/** The whole text, ending in a newline where there is any. */
export function renderDiff(format: DiffFormat, difference: Difference, page: Page): string {
	switch (format) {
		case 'text':
			return renderText(difference, page);
		case 'json':
			return renderJson(difference);
		case 'markdown':
			return renderMarkdown(difference);
		case 'connlist-diff':
			return renderConnlistDiff(difference);
		default:
			return format satisfies never;
	}
}
