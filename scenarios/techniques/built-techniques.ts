import type {Technique} from '../../core/contracts/technique.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import {abuseDeployServer} from './abuse-deploy-server.ts';
import {arpPoison} from './arp-poison.ts';
import {crossNetworks} from './cross-networks.ts';
import {discoverHosts} from './discover-hosts.ts';
import {discoverServices} from './discover-services.ts';
import {dnsChannel} from './dns-channel.ts';
import {encrypt} from './encrypt.ts';
import {exfiltrate} from './exfiltrate.ts';
import {exploitService} from './exploit-service.ts';
import {fragment} from './fragment.ts';
import {ipv6Detour} from './ipv6-detour.ts';
import {proxyThrough} from './proxy-through.ts';
import {readMetadata} from './read-metadata.ts';
import {reusePassword} from './reuse-password.ts';
import {reuseSshKey} from './reuse-ssh-key.ts';
import {rideEstablished} from './ride-established.ts';
import {sourcePort} from './source-port.ts';
import {spoofSource} from './spoof-source.ts';
import {sprayPasswords} from './spray-passwords.ts';
import {tamperEnforcer} from './tamper-enforcer.ts';
import {transferTool} from './transfer-tool.ts';
import {tunnel} from './tunnel.ts';

const all: readonly Technique[] = [
	tamperEnforcer,
	rideEstablished,
	discoverHosts,
	discoverServices,
	readMetadata,
	exploitService,
	abuseDeployServer,
	reuseSshKey,
	reusePassword,
	sprayPasswords,
	transferTool,
	ipv6Detour,
	sourcePort,
	spoofSource,
	fragment,
	arpPoison,
	crossNetworks,
	proxyThrough,
	tunnel,
	dnsChannel,
	exfiltrate,
	encrypt,
];

/** The techniques that there are, in the order in which a worm's round takes them; a new one is added here. */
export const builtTechniques: ReadonlyMap<TechniqueName, Technique> = new Map(
	all.map(technique => [technique.name, technique]),
);
