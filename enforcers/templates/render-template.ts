import {readFileSync} from 'node:fs';
import {createTemplate, type Template} from '../../core/text/template.ts';

const templates = new Map<string, Template>();
const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Fills a template of this folder, which may use the macros of `parts.njk`; read and compiled at its first use. */
export function renderTemplate(
	name: 'host.njk' | 'none.njk' | 'far.njk' | 'far-none.njk',
	values: Readonly<Record<string, unknown>>,
): string {
	const template = templates.get(name) ?? createTemplate(name, read('parts.njk') + read(name));
	templates.set(name, template);
	return template(values);
}
