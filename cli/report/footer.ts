// What the figures rest on, and what they do not show.
import type {Coverage, RehearsalReport} from '../../core/contracts/report.ts';
import {enoughCoverage} from '../../core/measure/coverage.ts';
import {assumedWeak} from '../../core/measure/limits.ts';
import {count, oneLine, type Page, painted, plural, wrap} from './lines.ts';

/** Beyond this many, services without a caller are counted. */
const told = 8;

export function footerLines(report: RehearsalReport, page: Page): readonly string[] {
	const assumed = report.assumptions.filter(text => text !== assumedWeak).map(oneLine);
	return [
		...(assumed.length === 0 ? [] : painted('dim', wrap(`assumed: ${assumed.join('; ')}`, page.width), page)),
		...painted('dim', wrap(`what this does not show: ${report.limits.map(oneLine).join('; ')}`, page.width), page),
		...latencyLines(report, page),
	];
}

/** How much of the breakage could be known; part of what was found, and above the last word. */
export function coverageLines({runs}: RehearsalReport, page: Page): readonly string[] {
	const coverage = runs[0]?.breakage.coverage;
	if (coverage === undefined || coverage.services === 0) return [];
	const bare = coverage.withoutCaller.slice(0, told).map(oneLine).join(', ');
	const more = coverage.withoutCaller.length > told ? ` and ${count(coverage.withoutCaller.length - told)} more` : '';
	const text = `no caller is known of ${bare}${more}`;
	if (coverage.share === null || coverage.share >= enoughCoverage)
		return bare === '' ? [] : painted('dim', wrap(text, page.width), page);
	const known = `callers are known for ${count(coverage.covered)} of ${plural(coverage.services, 'service')}, by ${sourcesText(coverage)}`;
	return painted('warn', wrap(`? too little is known to say that nothing breaks: ${known}; ${text}`, page.width), page);
}

function sourcesText({bySource}: Coverage): string {
	const sources = Object.entries(bySource).filter(([source, many]) => source !== 'assumed' && many > 0);
	return `${sources.map(([source, many]) => `${count(many)} ${source}`).join(' and ') || 'no'} ${sources.length === 1 && sources[0]![1] === 1 ? 'dependency' : 'dependencies'}`;
}

function latencyLines(
	{latencies: {bootMs, applyMs, propagation, probesPerSecond, teardownMs}}: RehearsalReport,
	page: Page,
): readonly string[] {
	const parts = [
		bootMs === null ? '' : `booted in ${timeText(bootMs)}`,
		applyMs === null ? '' : `policy applied in ${timeText(applyMs)}${spread(propagation)}`,
		probesPerSecond === null ? '' : `${count(Math.round(probesPerSecond))} verdicts a second`,
		teardownMs === null ? '' : `gone in ${timeText(teardownMs)}`,
	].filter(part => part !== '');
	return parts.length === 0 ? [] : painted('dim', wrap(`in this lab: ${parts.join(', ')}`, page.width), page);
}

const spread = (propagation: RehearsalReport['latencies']['propagation']): string =>
	propagation === null
		? ''
		: ` (half of the workloads in ${timeText(propagation.p50Ms)}, 99% in ${timeText(propagation.p99Ms)})`;

const timeText = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`);
