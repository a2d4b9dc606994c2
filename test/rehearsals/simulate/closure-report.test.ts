import test from 'ava';
import {footholdsIn} from '../../../core/simulate/loss.ts';
import {closureReport} from '../../../rehearsals/simulate/closure-report.ts';
import {engineOf} from '../../../rehearsals/simulate/engine.ts';
import {inTheModel, loaded} from '../../catalog/rehearse.ts';

for (const name of ['shop', 'hospital', 'two-tier'])
	test(`the closure measures ${name} as the attacker itself does, but for what only actions tell`, async t => {
		const rehearsal = await loaded(name);
		const {report} = await inTheModel(name);
		const scenario = rehearsal.scenarios.find(({strategy}) => strategy === 'worm')!;
		const control = engineOf(rehearsal, rehearsal.candidates[0]!, scenario, 1);
		for (const candidate of rehearsal.candidates) {
			const graph = candidate.name === 'flat' ? control : engineOf(rehearsal, candidate, scenario, 1);
			const worm = report.runs.find(
				run =>
					run.candidate === candidate.name && run.placement === candidate.placement && run.scenario === scenario.name,
			)!;
			const workload = rehearsal.topology.workloads.find(({kind}) => kind === worm.foothold)!.name;
			const [foothold] = footholdsIn(graph, [workload]);
			const {containment, ...own} = closureReport({
				graph,
				control,
				candidate,
				scenario,
				foothold: foothold!,
				footholds: worm.footholds,
			});
			const known = ({containment: all}: typeof worm) => {
				const {actionsToFirstJewel, hopsToFirstJewel, noise, deniedAttempts, firstDeniedAction, stillLost, ...rest} =
					all;
				return {...rest, stillLost: stillLost.map(({kind}) => kind).sort()};
			};
			t.deepEqual(known({...worm, containment}), known(worm), candidate.name);
			t.deepEqual(own.breakage, worm.breakage, candidate.name);
			t.deepEqual(own.looseness, worm.looseness, candidate.name);
			const named = containment.stillLost.flatMap(({path}) => path).some(({rule}) => rule !== null);
			t.is(named, candidate.stack.length > 0 && containment.compromised > 0, candidate.name);
		}
	});
