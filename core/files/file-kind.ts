// What a YAML file is, by its first level alone: read before it is known which reader it is for.
import {readSalvaging} from './document.ts';
import {nearest} from './nearest.ts';

export type FileKind =
	| 'rehearsal'
	| 'topology'
	| 'policy'
	| 'scenario'
	| 'manifest'
	| 'compose'
	| 'containerlab'
	| 'unknown';

/** What `docker compose` looks for in a folder, in its order. Source: docs.docker.com, "How Compose works". */
export const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'] as const;

/** Whether a file is called as a containerlab file is. */
export const isClabName = (name: string): boolean => /\.clab\.ya?ml$/.test(name);

/**
 * By content, and by name where the content does not say it: a file with a fault is what its name says. Only the
 * first level is looked at.
 *
 * @param path - with `/` or without
 */
export function fileKind(path: string, text: string): FileKind {
	const keys = new Set(topKeys(text));
	const name = path.replace(/^.*[\\/]/, '');
	if (keys.has('apiVersion') && keys.has('kind')) return 'manifest';
	const ours = (['rehearsal', 'policy', 'scenario'] as const).find(key => keys.has(key));
	if (ours !== undefined) return ours;
	if (keys.has('topology')) return isLab(text) ? 'containerlab' : 'topology';
	if (keys.has('services') || keys.has('include')) return 'compose';
	if (isClabName(name)) return 'containerlab';
	if (/^(docker-)?compose([.-].*)?\.ya?ml$/.test(name)) return 'compose';
	return isFirstFormat(text) ? 'compose' : 'unknown';
}

/** The key of another tool's file that one of these was most likely meant to be. */
export const meantKey = (text: string): string | undefined => {
	for (const key of topKeys(text)) {
		const near = nearest(key, ['rehearsal', 'services', 'topology', 'apiVersion']);
		if (near !== undefined) return near;
	}
	return undefined;
};

/** Of text that is broken, those that lines without indentation begin with. */
function topKeys(text: string): readonly string[] {
	if (/^\s*(#.*\n\s*)*\{/.test(text)) {
		const value = readSalvaging('', text, 'read').document?.value;
		return typeof value === 'object' && value !== null ? Object.keys(value) : [];
	}
	return [...text.matchAll(/^["']?([A-Za-z][\w-]*)["']?[ \t]*:(?=\s|$)/gm)].map(match => match[1]!);
}

/** A topology of ours has its name there, containerlab's the nodes. */
const isLab = (text: string): boolean => /["']?topology["']?[ \t]*:[ \t]*(\{|[&!]\S*[ \t]*$|#|$)/m.test(text);

/** Services stood on the first level before Compose had versions. */
const isFirstFormat = (text: string): boolean =>
	/^[\w.-]+[ \t]*:[ \t]*\r?\n(?:[ \t]+.*\n|\s*\n)*?[ \t]+(image|build)[ \t]*:/m.test(text);
