// Lines of a page: made in core, where the console reads the same explanations.
export {
	count,
	countOf,
	listed,
	oneLine,
	type Page,
	padEnd,
	painted,
	plural,
	spread,
	widthOf,
	wrap,
} from '../../core/text/lines.ts';
