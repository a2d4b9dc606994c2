/** Words that a screen may stumble over: nothing, escapes, wide and combining characters, right to left, and far too long. */
export const hostileWords: readonly string[] = [
	'',
	'\u001b[2J\n\u202eevil',
	'数据库',
	'👨‍👩‍👧‍👦',
	'é\u0301\u0301',
	'ا',
	'\u1100\u1161',
	'x'.repeat(300),
];
