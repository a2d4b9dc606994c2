import {readFileSync} from 'node:fs';
import {createTemplate, type Template} from '../../core/text/template.ts';

const templates = new Map<string, Template>();

/** Fills a template of this folder, read and compiled at its first use. */
export function renderTemplate(name: 'host.njk' | 'none.njk', values: Readonly<Record<string, unknown>>): string {
	const template = templates.get(name) ?? createTemplate(name, readFileSync(new URL(name, import.meta.url), 'utf8'));
	templates.set(name, template);
	return template(values);
}
