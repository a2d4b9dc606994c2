// The one door to string-width: columns of a terminal that a text takes.
import stringWidth from 'string-width';
import type {WidthOf} from './line.ts';

/** The same few texts are measured in each frame, and measuring takes longer than the rest of a frame. */
export function rememberedWidths(): WidthOf {
	const widths = new Map<string, number>();
	/** Of single characters, one more than their width; 0 where it is not known yet. */
	const single = new Uint8Array(1 << 16);
	return text => {
		if (text.length === 1) {
			const code = text.charCodeAt(0);
			const found = single[code]!;
			if (found > 0) return found - 1;
			const width = stringWidth(text);
			single[code] = width + 1;
			return width;
		}
		if (isSingle.test(text)) return text.length;
		const known = widths.get(text);
		if (known !== undefined) return known;
		if (widths.size >= 5000) widths.clear();
		const width = stringWidth(text);
		widths.set(text, width);
		return width;
	};
}

/** What views are made of, and most names: a column each. */
const isSingle =
	/^[ -~\u00b7\u00d7\u2013\u2016\u2026\u2500-\u257f\u2580-\u259f\u25a0-\u25b5\u25b7-\u25bf\u25c1-\u25fa\u2713\u2715\u2717]*$/;
