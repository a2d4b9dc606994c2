// The project's own files, and what each of them imports.
import {globSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';

export const root = dirname(dirname(import.meta.dirname));
const ignored = (path: string): boolean => /^(node_modules|dist|\.git|\.firebreak)$/.test(path);

export interface SourceFile {
	/** From the root: `core/model/flow.ts`. */
	readonly path: string;
	readonly lines: number;
	readonly text: string;
	/** Own files by path from the root, libraries by package name, Node's modules as `node:fs`. */
	readonly imports: readonly string[];
}

/** Every TypeScript and JavaScript file of ours, sorted by path. */
export const sourceFiles = (): readonly SourceFile[] =>
	globSync('**/*.{ts,js,mjs}', {cwd: root, exclude: ignored}).sort().map(readSource);

function readSource(path: string): SourceFile {
	const text = readFileSync(join(root, path), 'utf8');
	const imports = [...new Set(specifiers(text).map(specifier => resolve(path, specifier)))].sort();
	return {path, text, lines: text.trimEnd().split('\n').length, imports};
}

/** What `import`, `export … from`, `import()` and a made `require` name; comments are not read. */
function specifiers(text: string): readonly string[] {
	const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
	const forms = [
		/\b(?:import|export)\b[^'"`;()]*?\bfrom\s+['"]([^'"]+)['"]/g,
		/^\s*import\s+['"]([^'"]+)['"]/gm,
		/\bimport\(\s*['"]([^'"]+)['"]/g,
		/\b(?:createRequire\([^)]*\)|require|requireHere)\(\s*['"]([^'"]+)['"]/g,
	];
	return forms.flatMap(form => [...code.matchAll(form)].map(match => match[1]!));
}

function resolve(from: string, specifier: string): string {
	if (specifier.startsWith('.')) return relative(root, join(root, dirname(from), specifier));
	if (specifier.startsWith('node:')) return specifier;
	return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
