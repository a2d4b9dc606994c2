import {readFileSync, writeFileSync} from 'node:fs';
import test from 'ava';
import {widthOf} from '../../../cli/report/lines.ts';
import {ansiPaint, noPaint} from '../../../cli/report/paint.ts';
import {renderText} from '../../../cli/report/text.ts';
import type {RehearsalReport, RunReport} from '../../../core/contracts/report.ts';
import {assumedWeak} from '../../../core/measure/limits.ts';
import {doubtfulReport, scenariosReport} from './other-reports.ts';
import {sampleReport, sampleRun} from './sample-report.ts';

const text = (report: RehearsalReport, width = 100): string => renderText(report, {width, paint: noPaint});

for (const [name, report, width] of [
	['shop-100', sampleReport, 100],
	['shop-60', sampleReport, 60],
	['doubtful-100', doubtfulReport, 100],
	['scenarios-80', scenariosReport, 80],
] as const)
	test(`golden: ${name}`, t => {
		const file = new URL(`../golden/${name}.txt`, import.meta.url);
		const found = text(report, width);
		if (process.env.GOLDEN === 'rewrite') writeFileSync(file, found);
		t.is(found, readFileSync(file, 'utf8'));
	});

/** Each from its first head on: the one beside no title, or beside the first scenario's. */
const tables = (report: RehearsalReport, width: number): readonly string[] => {
	const lines = text(report, width).split('\n');
	const heads = lines.flatMap((line, at) => (/^ {2}(?: {20}|ransomware {10})flat/.test(line) ? [at] : []));
	return heads.map((at, index) => lines.slice(at, heads[index + 1] ?? lines.length).join('\n'));
};

for (const width of [40, 60, 72, 80, 100, 132, 200]) {
	test(`at ${width} columns no table shows containment without breakage, and each has the control`, t => {
		const found = tables(sampleReport, width);
		t.true(found.length > 0);
		for (const table of found) t.regex(table, /lost .*dependencies broken/s);
		for (const name of ['zones', 'segmented', 'too-tight'])
			t.true(found.some(table => table.split('\n')[0]!.includes(name)));
	});

	test(`at ${width} columns each table has every scenario, and once what does not depend on who attacks`, t => {
		const found = tables(scenariosReport, width);
		t.true(found.length > 0);
		for (const table of found) {
			t.regex(table, /^ {2}ransomware .*^ {2}lost .*^ {2}thief .*^ {2}goal reached .*^ {2}whoever attacks /ms);
			for (const once of ['dependencies broken', 'services orphaned', 'looser than needed', 'flows agreed on'])
				t.is(table.split(`\n  ${once} `).length, 2, once);
		}
	});
}

for (const [name, report] of [
	['shop', sampleReport],
	['doubtful', doubtfulReport],
	['scenarios', scenariosReport],
] as const)
	for (const width of [60, 72, 100, 132])
		test(`${name} keeps to ${width} columns`, t => {
			t.deepEqual(
				text(report, width)
					.split('\n')
					.filter(line => widthOf(line) > width),
				[],
			);
		});

test('colour changes nothing but the look', t => {
	const painted = renderText(sampleReport, {width: 100, paint: ansiPaint});
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken away
	t.is(painted.replaceAll(/\u001b\[\d+m/g, ''), text(sampleReport));
	t.not(painted, text(sampleReport));
});

test('nothing that a user named can move the cursor or make a line', t => {
	const evil = '\u001b[2J\n\u202eevil';
	const found = text({
		...sampleReport,
		name: evil,
		assumptions: [evil],
		limits: [evil],
		expectations: [{where: evil, what: evil, expected: evil, found: evil, held: false}],
		runs: sampleReport.runs.map(run => ({
			...run,
			candidate: `${run.candidate}${evil}`,
			scenario: evil,
			foothold: evil,
			containment: {
				...run.containment,
				byEnvironment: {[evil]: {compromised: 1, others: 2, jewels: 1}},
				stillLost: run.containment.stillLost.map(lost => ({
					...lost,
					kind: evil,
					path: lost.path.map(step => ({
						...step,
						from: evil,
						to: evil,
						technique: evil,
						rule: {id: 'p0.r1', name: evil, policy: evil, where: evil},
					})),
					cut: lost.cut === null ? null : {step: lost.cut.step, neededBy: [evil]},
				})),
			},
			breakage: {
				...run.breakage,
				flows: [
					{
						dependency: evil,
						failing: 1,
						of: 2,
						rule: {id: 'p0.r1', name: evil, policy: evil, where: evil},
						source: 'assumed',
						vital: true,
					},
				],
				untestable: [evil],
				dangling: [evil],
				orphaned: [evil],
				coverage: {...run.breakage.coverage, withoutCaller: [evil]},
			},
			outcomes: {...run.outcomes, inconclusive: 1, inconclusiveFlows: [{flow: evil, reason: evil}]},
			fidelity: {
				checked: 1,
				mismatches: 2,
				flows: [{flow: evil, model: evil, kernel: evil, farEnd: evil}],
				attacker: [evil],
			},
		})),
	});
	// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
	t.notRegex(found, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
	t.false(found.split('\n').some(line => line.startsWith('evil') || line === '\u202eevil'));
});

test('a report of the model alone says so before anything else, and claims no witnesses', t => {
	const found = text({...sampleReport, measured: 'model'});
	t.regex(found.split('\n')[0]!, /^ {2}NOTHING WAS MEASURED/);
	t.regex(found, /flows agreed on +not asked/);
	t.notRegex(text(sampleReport), /NOTHING WAS MEASURED/);
});

test('assumed weaknesses stand in the headline, and nowhere where they are declared', t => {
	const [title, , second] = text({...sampleReport, assumptions: [assumedWeak]}).split('\n');
	t.regex(title!, /shop · ransomware/);
	t.regex(
		`${text({...sampleReport, assumptions: [assumedWeak]}).split('\n')[1]}${second}`,
		/weaknesses are assumed, not known/,
	);
	t.notRegex(text(sampleReport), /weaknesses are assumed, not known/);
});

test('a run that a limit ended lost at least so much', t => {
	const run = sampleReport.runs[1]!;
	const limited = {
		...run,
		containment: {
			...run.containment,
			ended: 'limit' as const,
			saved: null,
			savable: null,
			savedReason: 'a limit ended the run',
		},
	};
	const found = text({...sampleReport, runs: [sampleReport.runs[0]!, limited]});
	t.regex(found, /lost +19 of 20 +≥ 6 of 20/);
	t.regex(found, /saved by the policy +control +unknown \?/);
});

test('of several footholds the worst is named, with how many there are and the median', t => {
	const runs = sampleReport.runs.map(run => ({...run, footholds: {count: 5, median: 3}}));
	const found = text({
		...sampleReport,
		runs: [...runs, {...sampleRun({candidate: 'zones'}), worst: false, foothold: 'api.dev'}],
	});
	t.regex(found, /from wiki.dev, of 5 footholds/);
	t.regex(found, /median foothold +3 /);
	t.notRegex(found, /api\.dev, of/);
});

test('where only the witnesses were asked, it does not say that it passed', t => {
	const mismatches = {where: 'a:1', what: 'manifests · mismatches', expected: '0', found: '0', held: true};
	const found = (expectations: RehearsalReport['expectations']) => text({...sampleReport, passed: true, expectations});
	t.regex(found([mismatches]), /nothing was expected of what is lost and what breaks/);
	t.regex(found([mismatches, sampleReport.expectations[0]!]), /✓ passed: 2 expectations held/);
});

test('of an attacker that stops at its goal, what it lost on the way is not called lost: a short way is no good policy', t => {
	const [, thief = ''] = text(scenariosReport, 100).split(/^ {2}thief .*$/m);
	t.regex(thief, /goal reached +action 3 /);
	t.regex(thief, /lost on the way +1 of 20/);
	t.notRegex(thief, /^ {2}lost +\d|saved by the policy|█/m);
});

const withRuns = (change: (run: RunReport) => RunReport): RehearsalReport => ({
	...sampleReport,
	runs: sampleReport.runs.map(change),
});

test('candidates that lose the same by the same rules are told once, and others each for itself', t => {
	t.regex(text(sampleReport), /^ {2}segmented and too-tight still lose api\.dev: /m);
	const differ = withRuns(run => ({
		...run,
		containment: {
			...run.containment,
			stillLost: run.containment.stillLost.map(lost => ({
				...lost,
				path: lost.path.map(step => ({...step, rule: {...step.rule!, name: `rule of ${run.candidate}`}})),
			})),
		},
	}));
	t.regex(text(differ), /^ {2}segmented still loses api\.dev: .*"rule of segmented"/m);
	t.regex(text(differ), /^ {2}too-tight still loses api\.dev: .*"rule of too-tight"/m);
});

test('which action was denied first stands there only where candidates differ in it', t => {
	t.regex(text(sampleReport), /first denied action +never +9 +2 +2/);
	const same = withRuns(run => ({...run, containment: {...run.containment, firstDeniedAction: 1}}));
	t.notRegex(text(same), /first denied/);
});

test('at 100 columns four candidates leave room to say who the witnesses are', t => {
	t.regex(text(sampleReport), /flows agreed on .*by model, kernel, far end$/m);
});

for (const [name, report] of [
	['shop', sampleReport],
	['doubtful', doubtfulReport],
	['scenarios', scenariosReport],
] as const)
	test(`${name}: the last word is followed by nothing but what it rests on`, t => {
		const blocks = text(report).split('\n\n');
		t.regex(blocks.at(-1)!, /^ {2}(assumed: .*)?what this does not show: /s);
		t.regex(blocks.at(-2)!.split('\n').at(-1)!, /^ {2}[✓✗?] (nothing failed|failed: 1 of|inconclusive: 1 of)/);
	});

test('a bar of broken dependencies is drawn once it says more than its figure', t => {
	const breaking = (broken: number) => withRuns(run => ({...run, breakage: {...run.breakage, broken}}));
	t.notRegex(text(breaking(2)), /▓/);
	t.regex(text(breaking(30)), /dependencies broken .*30 of 34 !.*\n +▓{9}/);
});
