import type {StrategyName} from '../../core/model/scenario.ts';
import {insider} from './insider.ts';
import {stealth} from './stealth.ts';
import type {Strategy} from './strategy.ts';
import {targeted} from './targeted.ts';
import {worm} from './worm.ts';

/** The strategies that there are; a new one is added here. */
export const builtStrategies: ReadonlyMap<StrategyName, Strategy> = new Map([
	['worm', worm],
	['targeted', targeted],
	['stealth', stealth],
	['insider', insider],
]);
