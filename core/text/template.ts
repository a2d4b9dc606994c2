// The one door to nunjucks. Templates come in as text: whoever has one reads its file.
import nunjucks from 'nunjucks';

/** Fills the template with values; an undefined value is an error. */
export type Template = (values: Readonly<Record<string, unknown>>) => string;

/**
 * Compiles a template: nothing is escaped (the text is not HTML: whoever renders makes values safe for its language), block
 * tags leave no blank lines, and no template can load another.
 *
 * @param name - what error messages call it
 * @throws Error where the template is malformed, or when filled with a value undefined
 */
export function createTemplate(name: string, text: string): Template {
	const environment = new nunjucks.Environment(null, {
		autoescape: false,
		throwOnUndefined: true,
		trimBlocks: true,
		lstripBlocks: true,
	});
	const template = new nunjucks.Template(text, environment, name, true);
	return values => template.render({...values});
}
