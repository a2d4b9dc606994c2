const maxBytes = 100;

/**
 * What a user wrote as text that can stand between quotes in nftables, which knows no escapes there: quotes become `'`,
 * backslashes `/`, white space a space, and what does not print `?`. At most 100 bytes of valid UTF-8 (the kernel keeps
 * 128), cut between characters.
 */
export function safeComment(text: string): string {
	const printable = text
		.toWellFormed()
		.replace(/[\s\p{Z}]+/gu, ' ')
		.replace(/[\p{C}]/gu, '?')
		.replaceAll('"', "'")
		.replaceAll('\\', '/')
		.trim();
	let kept = '';
	let bytes = 0;
	for (const character of printable) {
		bytes += Buffer.byteLength(character);
		if (bytes > maxBytes) break;
		kept += character;
	}
	return kept;
}
