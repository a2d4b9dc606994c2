// Every kind of finding, in the order in which help and README tell them. The one place that knows all of them.
import type {FindingKind} from './finding.ts';
import {allowAll} from './kinds/allow-all.ts';
import {deadUnderGuardrail} from './kinds/dead-under-guardrail.ts';
import {dependencyNotAllowed} from './kinds/dependency-not-allowed.ts';
import {dnsByPodsOnly} from './kinds/dns-by-pods-only.ts';
import {dnsForgotten} from './kinds/dns-forgotten.ts';
import {dnsUdpOnly} from './kinds/dns-udp-only.ts';
import {expiredNote} from './kinds/expired-note.ts';
import {guardrailSkipsUnlabelled} from './kinds/guardrail-skips-unlabelled.ts';
import {looseRule} from './kinds/loose-rule.ts';
import {metadataReachable} from './kinds/metadata-reachable.ts';
import {neverMatches} from './kinds/never-matches.ts';
import {oneFamilyOnly} from './kinds/one-family-only.ts';
import {otherDirectionMissing} from './kinds/other-direction-missing.ts';
import {passSkipsGuardrail} from './kinds/pass-skips-guardrail.ts';
import {redundantRule} from './kinds/redundant-rule.ts';
import {selectorMatchesNothing} from './kinds/selector-matches-nothing.ts';
import {shadowedRule} from './kinds/shadowed-rule.ts';
import {wholeInternet} from './kinds/whole-internet.ts';

export const findingKinds: readonly FindingKind[] = [
	dependencyNotAllowed,
	dnsForgotten,
	dnsUdpOnly,
	dnsByPodsOnly,
	otherDirectionMissing,
	deadUnderGuardrail,
	neverMatches,
	selectorMatchesNothing,
	shadowedRule,
	redundantRule,
	passSkipsGuardrail,
	guardrailSkipsUnlabelled,
	allowAll,
	wholeInternet,
	metadataReachable,
	oneFamilyOnly,
	expiredNote,
	looseRule,
];
