// docs/console.svg: ransomware let loose in `shop`, and `segmented` put in force halfway.
import {writeFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {loadOptions} from '../../cli/load-options.ts';
import {policySources} from '../../cli/record/policy-sources.ts';
import {joinLab, takeDown} from '../../lab/labs.ts';
import {bootStaying} from '../../rehearsals/boot-staying.ts';
import {businessFlows} from '../../rehearsals/business-flows.ts';
import {goalsOf} from '../../rehearsals/goals-of.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {rulesetsFor} from '../../rehearsals/rulesets.ts';
import {firstState} from '../../tui/console/first-state.ts';
import {frame} from '../../tui/console/frame.ts';
import {begin} from '../../tui/console/world/begin.ts';
import {fold} from '../../tui/console/world/fold.ts';
import {screenSvg} from '../../tui/screen-svg.ts';
import {rememberedWidths} from '../../tui/width-of.ts';

export async function makeConsole() {
	const loaded = await loadRehearsal('shop', loadOptions());
	if (loaded.kind === 'wrong') throw new Error('shop does not load');
	const rehearsal = loaded.value;
	const [flat, segmented] = ['flat', 'segmented'].map(name => rehearsal.candidates.find(one => one.name === name));
	await bootStaying({
		...{lab: 'shop', rehearsal, candidate: flat, runtime: 'netns'},
		interrupted: new AbortController().signal,
		tell: () => undefined,
	});
	const events = [];
	const lab = await joinLab('shop', event => events.push(event));
	const {startedAt} = await lab.ask('status', {});
	const inForce = candidate => ({...candidate, observed: false});
	const first = begin({
		...{lab: 'shop', rehearsal, startedAt, nowMs: 0, inForce: inForce(flat), compromised: []},
		sources: policySources(rehearsal, segmented.stack),
	});
	await lab.ask('watch', {});
	const needs = businessFlows(rehearsal.topology).map(({flow}) => flow);
	await lab.probe(needs, 1000);
	const scenario = rehearsal.scenarios.find(({name}) => name === 'ransomware');
	const attack = lab.ask('attack', {
		...{scenario, foothold: 'wiki.dev', goals: goalsOf(rehearsal.topology, scenario), seed: 1},
		pace: {paused: false, intervalMs: 40},
	});
	const until = async holds => {
		while (!holds(fold(first, events))) await wait(20);
	};
	await until(world => [...world.fates.values()].filter(({state}) => state !== 'tried').length > 4);
	await lab.ask('apply', {rulesets: rulesetsFor('shop', rehearsal.topology, segmented), inForce: inForce(segmented)});
	await lab.probe(needs, 1000);
	await until(world => (world.attack?.denied ?? 0) > 20);
	const size = {columns: 120, rows: 34};
	const shown = firstState(fold(first, events), {size, chosen: 'api.dev', fresh: false});
	const title = 'The console: ransomware in the shop, stopped by a policy that was put in force halfway';
	writeFileSync('docs/console.svg', screenSvg(frame(shown, rememberedWidths()), title));
	await lab.ask('stop', {});
	await attack.catch(() => undefined);
	lab[Symbol.dispose]();
	await takeDown('shop');
	return ['docs/console.svg'];
}
