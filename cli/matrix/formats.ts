// Every form of a matrix, by its name.
import type {Page} from '../report/lines.ts';
import {renderConnlist, renderProbeLines} from './connlist.ts';
import {renderCsv} from './csv.ts';
import {renderDot} from './dot.ts';
import {renderMatrixJson} from './json.ts';
import {renderMarkdown} from './markdown.ts';
import type {MatrixSubject} from './matrix-subject.ts';
import {renderSvg} from './svg.ts';
import {renderMatrixText} from './text.ts';

export const matrixFormats = ['text', 'json', 'csv', 'markdown', 'dot', 'svg', 'connlist'] as const;
export type MatrixFormat = (typeof matrixFormats)[number];

/** Pieces of text, made as they are read; or why this form cannot show the subject. */
export type Rendered =
	| {readonly kind: 'ok'; readonly pieces: Iterable<string>}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

const ok = (pieces: Iterable<string>): Rendered => ({kind: 'ok', pieces});

export function renderMatrix(format: MatrixFormat, subject: MatrixSubject, page: Page): Rendered {
	switch (format) {
		case 'text':
			return ok(renderMatrixText(subject, page));
		case 'json':
			return ok(renderMatrixJson(subject));
		case 'csv':
			return ok(renderCsv(subject));
		case 'markdown':
			return ok(renderMarkdown(subject));
		case 'dot':
			return ok(renderDot(subject));
		case 'svg':
			return picture(subject);
		case 'connlist':
			return ok((subject.probes === null ? renderConnlist : renderProbeLines)(subject.connections));
		default:
			return format satisfies never;
	}
}

function picture(subject: MatrixSubject): Rendered {
	const svg = renderSvg(subject);
	if (svg !== null) return ok([svg]);
	const rows = subject.connections.peers.length.toLocaleString('en-US');
	return {kind: 'wrong', what: `a picture of ${rows} rows shows nothing`, mend: '--format dot, csv or connlist'};
}
