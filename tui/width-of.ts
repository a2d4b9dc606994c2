// The one door to string-width: columns of a terminal that a text takes.
import stringWidth from 'string-width';
import type {WidthOf} from './line.ts';

/** The same few texts are measured in each frame, and measuring takes longer than the rest of a frame. */
export function rememberedWidths(): WidthOf {
	const widths = new Map<string, number>();
	return text => {
		const known = widths.get(text);
		if (known !== undefined) return known;
		if (widths.size >= 5000) widths.clear();
		const width = stringWidth(text);
		widths.set(text, width);
		return width;
	};
}
